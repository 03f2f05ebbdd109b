// The part of the example that needs no MLIR.
#ifndef OUTPUTSIZE_H
#define OUTPUTSIZE_H

/// Prints the output size of a layer: 4x4 input, 4x4 kernel, stride 2, padding 1.
bool printOutputSize();

#endif // OUTPUTSIZE_H

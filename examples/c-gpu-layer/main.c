/* Runs the layer of examples/c-layer on a GPU: main layer.tcgpu. Ends with status 77 where there is
 * no driver or no GPU. */
#include "../c-layer/scatter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <tconv-c/Device.h>

enum {
  X = UPSCALE_X_ELEMENTS,
  W = UPSCALE_W_ELEMENTS,
  B = UPSCALE_B_ELEMENTS,
  Y = UPSCALE_Y_ELEMENTS
};

static float x[X], w[W], b[B], y[Y], expected[Y];

/* Ends the program if a call has failed. */
static void check(int status) {
  if (status == TCONV_OK)
    return;
  fprintf(stderr, "c-gpu-layer: %s\n", tconvGetError());
  exit(status);
}

/* A tensor on the GPU that has the shape of an input or result. */
static TconvTensor create(TconvDevice *device, const TconvTensorType *type, size_t elements) {
  TconvTensor tensor;
  check(tconvDeviceAllocate(device, elements * sizeof(float), &tensor.address));
  tensor.rank = type->rank;
  for (int dim = 0; dim < type->rank; ++dim)
    tensor.shape[dim] = type->shape[dim];
  return tensor;
}

static void run(TconvDevice *device, TconvProgram *program) {
  static const float *const values[] = {x, w, b};
  static const size_t sizes[] = {X, W, B};
  TconvTensor inputs[3], result;
  TconvTensorType type;
  for (int number = 0; number < 3; ++number) {
    check(tconvProgramGetInput(program, number, &type));
    inputs[number] = create(device, &type, sizes[number]);
    check(tconvDeviceCopyIn(device, inputs[number].address, values[number],
                            sizes[number] * sizeof(float)));
  }
  check(tconvProgramGetResult(program, 0, &type));
  result = create(device, &type, Y);
  /* Once, when the network is loaded: w and b are constants. */
  check(tconvProgramPack(program, inputs));
  check(tconvProgramRun(program, inputs, &result));
  check(tconvDeviceCopyOut(device, y, result.address, sizeof(y)));
  for (int number = 0; number < 3; ++number)
    check(tconvDeviceFree(device, inputs[number].address));
  check(tconvDeviceFree(device, result.address));
}

int main(int argc, char **argv) {
  TconvDevice *device;
  TconvProgram *program;
  if (argc != 2)
    return fprintf(stderr, "usage: main layer.tcgpu\n"), 1;
  fill(x, X, 1);
  fill(w, W, 2);
  fill(b, B, 3);
  check(tconvDeviceOpen(0, &device));
  check(tconvProgramLoadFile(device, argv[1], &program));
  run(device, program);
  printf("c-gpu-layer: ran on %s\n", tconvDeviceGetName(device));
  tconvProgramFree(program);
  tconvDeviceClose(device);
  scatter(x, w, b, expected);
  for (size_t i = 0; i < Y; ++i)
    if (!(fabsf(y[i] - expected[i]) <= 1e-4f))
      return fprintf(stderr, "c-gpu-layer: y differs from the scatter loop\n"), 1;
  printf("c-gpu-layer: %d elements agree with the scatter loop\n", Y);
  return 0;
}

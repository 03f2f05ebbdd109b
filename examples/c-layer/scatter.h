/* What the layer upscale of layer.mlir computes, by the definition: each pixel of x
 * stamps the filter onto y. */
#ifndef SCATTER_H
#define SCATTER_H

#include "upscale.h"

enum { IN = 32, OUT = 64, CI = 64, CO = 32, K = 4 };

/* Small numbers of both signs, the same each time. */
static void fill(float *values, size_t count, unsigned seed) {
  for (size_t i = 0; i < count; ++i) {
    seed = seed * 1664525u + 1013904223u;
    values[i] = (float)(seed >> 16) / 65536.0f - 0.5f;
  }
}

static void stamp(const float *x, const float *w, float *y, int row, int column) {
  for (int kh = 0; kh < K; ++kh)
    for (int kw = 0; kw < K; ++kw) {
      int h = 2 * row + kh - 1, v = 2 * column + kw - 1;
      if (h < 0 || h >= OUT || v < 0 || v >= OUT)
        continue;
      for (int ci = 0; ci < CI; ++ci)
        for (int co = 0; co < CO; ++co)
          y[(h * OUT + v) * CO + co] +=
              x[(row * IN + column) * CI + ci] * w[((ci * CO + co) * K + kh) * K + kw];
    }
}

static void scatter(const float *x, const float *w, const float *b, float *y) {
  for (size_t i = 0; i < UPSCALE_Y_ELEMENTS; ++i)
    y[i] = b[i % CO];
  for (int row = 0; row < IN; ++row)
    for (int column = 0; column < IN; ++column)
      stamp(x, w, y, row, column);
}

#endif /* SCATTER_H */

/* Runs two compiled layers: examples/question.mlir, whose tensors are all constants, and
 * layer.mlir, whose filter is packed first. */
#include "question.h"
#include "scatter.h"
#include "upscale.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static float x[UPSCALE_X_ELEMENTS], w[UPSCALE_W_ELEMENTS], b[UPSCALE_B_ELEMENTS];
static float y[UPSCALE_Y_ELEMENTS], again[UPSCALE_Y_ELEMENTS], expected[UPSCALE_Y_ELEMENTS];

static int fail(const char *message) {
  fprintf(stderr, "c-layer: %s\n", message);
  return 1;
}

static int run_question(void) {
  float answer[QUESTION_Y_ELEMENTS];
  if (question_run(answer) != 0)
    return fail(question_error());
  printf("question: y[0,0] = %g, y[0,1] = %g\n", answer[0], answer[1]);
  return answer[0] == 6 && answer[1] == 12 ? 0 : fail("expected 6 and 12");
}

static int run_upscale(void) {
  fill(x, UPSCALE_X_ELEMENTS, 1);
  fill(w, UPSCALE_W_ELEMENTS, 2);
  fill(b, UPSCALE_B_ELEMENTS, 3);
  /* Once, when the network is loaded. */
  void *packed = aligned_alloc(64, (upscale_packed_bytes() + 63) / 64 * 64);
  if (!packed || upscale_pack(w, b, packed) != 0)
    return fail(packed ? upscale_error() : "no memory");
  /* For each image; w and b are not needed any more. */
  if (upscale_run(x, packed, y) != 0)
    return fail(upscale_error());
  upscale_set_threads(3);
  if (upscale_run(x, packed, again) != 0)
    return fail(upscale_error());
  free(packed);
  return 0;
}

static int check_upscale(void) {
  scatter(x, w, b, expected);
  for (size_t i = 0; i < UPSCALE_Y_ELEMENTS; ++i)
    if (!(fabsf(y[i] - expected[i]) <= 1e-4f))
      return fail("upscale differs from the scatter loop");
  if (memcmp(y, again, sizeof(y)) != 0)
    return fail("upscale depends on the number of threads");
  printf("upscale: %d elements agree with the scatter loop, on 1 and on 3 threads\n",
         UPSCALE_Y_ELEMENTS);
  return 0;
}

/* A call that cannot work is an error, not a crash. */
static int check_error(void) {
  if (upscale_run(NULL, NULL, y) == 0)
    return fail("expected an error");
  printf("error: %s\n", upscale_error());
  return 0;
}

int main(void) { return run_question() || run_upscale() || check_upscale() || check_error(); }

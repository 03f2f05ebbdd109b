/* Compiles a layer in this process and runs it on memory of the program's own: once with its
 * filter packed, on 1 and on 3 threads, and from two threads at a time. */
#include "tconv-c/Compiler.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CI = 3, CO = 5, IN = 6, K = 4, OUT = 12 }; /* stride 2, padding 1 */
static const char *layer = "n1 ci3 co5 i6x6 k4 s2 p1";

static float x[CI * IN * IN], w[CI * CO * K * K], y[CO * OUT * OUT], expected[CO * OUT * OUT];
static int64_t x_shape[] = {1, CI, IN, IN}, w_shape[] = {CI, CO, K, K},
               y_shape[] = {1, CO, OUT, OUT};

static int fail(const char *what) {
  fprintf(stderr, "c-compiler: %s: %s\n", what, tconvGetError());
  return 1;
}

static void fill(float *values, size_t count, unsigned seed) {
  for (size_t i = 0; i < count; ++i) {
    seed = seed * 1664525u + 1013904223u;
    values[i] = (float)(seed >> 16) / 65536.0f - 0.5f;
  }
}

/* The definition: each pixel of x stamps the filter onto y. */
static void stamp(int ci, int row, int column) {
  for (int co = 0; co < CO; ++co)
    for (int kh = 0; kh < K; ++kh)
      for (int kw = 0; kw < K; ++kw) {
        int h = 2 * row + kh - 1, v = 2 * column + kw - 1;
        if (h >= 0 && h < OUT && v >= 0 && v < OUT)
          expected[(co * OUT + h) * OUT + v] +=
              x[(ci * IN + row) * IN + column] * w[((ci * CO + co) * K + kh) * K + kw];
      }
}

static int compile(const char *threads, TconvExecutable **executable) {
  char *module;
  if (tconvLayerToModule(layer, 1, &module))
    return fail(layer);
  TconvOptions *options = tconvOptionsCreate();
  int status = tconvOptionsSet(options, "threads", threads);
  if (!status)
    status = tconvCompile(module, options, executable);
  tconvOptionsFree(options);
  tconvTextFree(module);
  return status ? fail("tconvCompile") : 0;
}

static int run(const TconvExecutable *executable, const TconvPacked *packed, float *result) {
  TconvArray inputs[] = {{x, 4, x_shape}, {w, 4, w_shape}}, results[] = {{result, 4, y_shape}};
  return tconvExecutableRun(executable, packed, inputs, results) ? fail("tconvExecutableRun") : 0;
}

static int agrees(const float *result) {
  for (int i = 0; i < CO * OUT * OUT; ++i)
    if (!(fabsf(result[i] - expected[i]) <= 1e-4f))
      return 0;
  return 1;
}

struct job {
  const TconvExecutable *executable;
  const TconvPacked *packed;
  float result[CO * OUT * OUT];
  int status;
};

static void *work(void *argument) {
  struct job *job = argument;
  for (int i = 0; i < 100 && !job->status; ++i)
    job->status = run(job->executable, job->packed, job->result);
  return NULL;
}

static int run_at_once(const TconvExecutable *executable, const TconvPacked *packed) {
  static struct job jobs[2];
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) {
    jobs[i].executable = executable;
    jobs[i].packed = packed;
    pthread_create(&threads[i], NULL, work, &jobs[i]);
  }
  for (int i = 0; i < 2; ++i)
    pthread_join(threads[i], NULL);
  for (int i = 0; i < 2; ++i)
    if (jobs[i].status || memcmp(jobs[i].result, y, sizeof(y)))
      return fail("two threads at once");
  return 0;
}

static int check(const char *threads) {
  TconvExecutable *executable = NULL;
  TconvPacked *packed = NULL;
  TconvArray inputs[] = {{x, 4, x_shape}, {w, 4, w_shape}};
  int status = compile(threads, &executable);
  if (!status && tconvExecutablePack(executable, inputs, &packed))
    status = fail("tconvExecutablePack");
  if (!status)
    status = run(executable, packed, y) || run_at_once(executable, packed);
  if (!status && !agrees(y))
    status = fail("the result differs from the definition");
  if (!status)
    printf("%s: %d elements agree with the definition, %s\n", layer, CO * OUT * OUT,
           tconvExecutableGetWhere(executable));
  tconvPackedFree(packed);
  tconvExecutableFree(executable);
  return status;
}

int main(void) {
  fill(x, sizeof(x) / sizeof(*x), 1);
  fill(w, sizeof(w) / sizeof(*w), 2);
  for (int ci = 0; ci < CI; ++ci)
    for (int row = 0; row < IN; ++row)
      for (int column = 0; column < IN; ++column)
        stamp(ci, row, column);
  return check("1") || check("3");
}

/* Has a compiled layer use the threads of this program. A real one would have a pool of
 * threads that wait for work; here they are started for each job. */
#include "scatter.h"
#include "upscale.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 4 };

struct pool {
  int jobs;
};

struct part {
  void (*body)(void *context, int64_t begin, int64_t end);
  void *context;
  int64_t begin, end;
};

static void *run_part(void *argument) {
  struct part *part = argument;
  part->body(part->context, part->begin, part->end);
  return NULL;
}

static void parallel_for(void *pool, void (*body)(void *context, int64_t begin, int64_t end),
                         void *context, int64_t count) {
  pthread_t threads[THREADS];
  struct part parts[THREADS];
  int started[THREADS];
  ++((struct pool *)pool)->jobs;
  for (int i = 0; i < THREADS; ++i) {
    parts[i] = (struct part){body, context, count * i / THREADS, count * (i + 1) / THREADS};
    started[i] = i + 1 < THREADS && pthread_create(&threads[i], NULL, run_part, &parts[i]) == 0;
    if (!started[i])
      run_part(&parts[i]);
  }
  for (int i = 0; i < THREADS; ++i)
    if (started[i])
      pthread_join(threads[i], NULL);
}

static float x[UPSCALE_X_ELEMENTS], w[UPSCALE_W_ELEMENTS], b[UPSCALE_B_ELEMENTS];
static float y[UPSCALE_Y_ELEMENTS], expected[UPSCALE_Y_ELEMENTS];

int main(void) {
  fill(x, UPSCALE_X_ELEMENTS, 1);
  fill(w, UPSCALE_W_ELEMENTS, 2);
  fill(b, UPSCALE_B_ELEMENTS, 3);
  void *packed = malloc(upscale_packed_bytes());
  struct pool pool = {0};
  upscale_set_parallel_for(parallel_for, &pool);
  if (!packed || upscale_pack(w, b, packed) != 0 || upscale_run(x, packed, y) != 0) {
    fprintf(stderr, "own-pool: %s\n", packed ? upscale_error() : "no memory");
    return 1;
  }
  free(packed);
  scatter(x, w, b, expected);
  for (size_t i = 0; i < UPSCALE_Y_ELEMENTS; ++i)
    if (!(fabsf(y[i] - expected[i]) <= 1e-4f)) {
      fprintf(stderr, "own-pool: element %zu differs\n", i);
      return 1;
    }
  printf("own-pool: right, %s\n", pool.jobs ? "by the threads of this program" : "but alone");
  return pool.jobs == 0;
}

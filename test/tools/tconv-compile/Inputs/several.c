#include "net.h"

#include <stdio.h>

static void print(const char *name, const float *values, int count) {
  int i;
  printf("%s:", name);
  for (i = 0; i < count; ++i)
    printf(" %g", values[i]);
  printf("\n");
}

int main(void) {
  const float x[UP_X_ELEMENTS] = {1, 2, 3}, w[DOWN_W_ELEMENTS] = {1, 2};
  float y[UP_Y_ELEMENTS], z[DOWN_Y_ELEMENTS];
  char packed[1024];
  libnet_set_threads(2);
  if (down_packed_bytes() > sizeof(packed) || up_run(x, y) || down_pack(w, packed) ||
      down_run(x, packed, z))
    return 1;
  print("up", y, UP_Y_ELEMENTS);
  print("down", z, DOWN_Y_ELEMENTS);
  if (up_run(NULL, y) == 0)
    return 1;
  printf("%s\n", libnet_error());
  return 0;
}

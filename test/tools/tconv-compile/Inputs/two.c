#include "first.h"
#include "second.h"

#include <stdio.h>

int main(void) {
  float first[FIRST_Y_ELEMENTS], second[SECOND_Y_ELEMENTS];
  if (first_run(first) || second_run(second))
    return 1;
  printf("first %g %g\n", first[0], first[1]);
  printf("second %g %g\n", second[0], second[1]);
  return 0;
}

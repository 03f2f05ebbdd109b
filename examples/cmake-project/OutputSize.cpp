#include "OutputSize.h"

#include "tconv/Geometry/Geometry.h"

#include <cstdint>
#include <iostream>
#include <optional>

bool printOutputSize() {
  tconv::DimAttributes dim;
  dim.stride = 2;
  dim.paddingBegin = 1;
  dim.paddingEnd = 1;
  std::optional<int64_t> size = tconv::computeOutputSize(/*input=*/4, /*kernel=*/4, dim);
  if (!size)
    return false;
  std::cout << "output size: " << *size << "x" << *size << std::endl;
  return true;
}

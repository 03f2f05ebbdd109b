// The headers that most files of the libraries without MLIR need, parsed once (see
// TconvTargets.cmake). Of tconv's own only Result.h, which hardly changes: its std::variant costs
// more than the rest of a small file.
#include "tconv/Support/Result.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

//===- Result.h - A value or an error message --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The error channel of the libraries that do not depend on MLIR or LLVM. A message
// is lower-case, has no full stop and says what was expected and what came.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SUPPORT_RESULT_H
#define TCONV_SUPPORT_RESULT_H

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace tconv {

/// Why something could not be done: because the input is wrong or, if `unsupported`,
/// because this build or machine does not do it.
struct Error {
  std::string message;
  bool unsupported = false;
};

/// Either a `T` or the reason why there is none.
template <typename T> class [[nodiscard]] Result {
public:
  Result(T value) : state(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state.index() == 0; }
  explicit operator bool() const { return ok(); }

  T &operator*() {
    assert(ok() && "no value in an error result");
    return std::get<0>(state);
  }
  const T &operator*() const {
    assert(ok() && "no value in an error result");
    return std::get<0>(state);
  }
  T *operator->() { return &**this; }
  const T *operator->() const { return &**this; }

  const std::string &message() const {
    assert(!ok() && "no message in a good result");
    return std::get<1>(state).message;
  }
  const Error &error() const {
    assert(!ok() && "no error in a good result");
    return std::get<1>(state);
  }

private:
  std::variant<T, Error> state;
};

/// The result of an action that yields no value.
using Status = Result<std::monostate>;

inline Status success() { return Status(std::monostate{}); }

} // namespace tconv

#endif // TCONV_SUPPORT_RESULT_H

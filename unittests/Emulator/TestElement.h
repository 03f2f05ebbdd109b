//===- TestElement.h - Elements of matrices, for tests --------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_UNITTESTS_EMULATOR_TESTELEMENT_H
#define TCONV_UNITTESTS_EMULATOR_TESTELEMENT_H

#include <string>

namespace tconv {

/// The bytes of an element, by the name of its type in NVVM.
int bytesOf(const std::string &type);

/// A small whole number as an element; of the types of 8 bits with fractions, -3 to 3.
void writeElement(char *to, const std::string &type, int value);

} // namespace tconv

#endif // TCONV_UNITTESTS_EMULATOR_TESTELEMENT_H

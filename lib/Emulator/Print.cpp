//===- Print.cpp - printf of kernels --------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "Block.h"

#include "tconv/Emulator/EntryPoints.h"
#include "tconv/Support/Division.h"

#include <cstdio>
#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

namespace {

/// Arguments one after the other, each aligned to its size; floats are doubles.
class Arguments {
public:
  explicit Arguments(const void *memory) : memory(static_cast<const char *>(memory)) {}

  template <typename T> T next() {
    offset = roundUp(offset, sizeof(T));
    T value;
    memcpy(&value, memory + offset, sizeof(T));
    offset += sizeof(T);
    return value;
  }

private:
  const char *memory;
  size_t offset = 0;
};

/// Prints one argument by a conversion like "%-8.3f" or "%lld".
void printArgument(const char *conversion, size_t length, Arguments &arguments) {
  char format[32];
  if (length >= sizeof(format))
    return;
  memcpy(format, conversion, length);
  format[length] = 0;
  switch (format[length - 1]) {
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
  case 'a':
  case 'A':
    printf(format, arguments.next<double>());
    return;
  case 's':
  case 'p':
    printf(format, arguments.next<const void *>());
    return;
  default:
    if (memchr(format, 'l', length))
      printf(format, arguments.next<uint64_t>());
    else
      printf(format, arguments.next<uint32_t>());
  }
}

} // namespace

uint32_t tconvEmuPrint(const char *format, const void *memory, Site *site) {
  ++site->count;
  Arguments arguments(memory);
  uint32_t number = 0;
  while (*format) {
    size_t text = strcspn(format, "%");
    fwrite(format, 1, text, stdout);
    format += text;
    if (*format != '%')
      break;
    size_t length = 1 + strcspn(format + 1, "diouxXcsaAeEfFgGpn%") + 1;
    if (length > strlen(format))
      break;
    if (format[length - 1] == '%') {
      fputc('%', stdout);
    } else {
      printArgument(format, length, arguments);
      ++number;
    }
    format += length;
  }
  return number;
}

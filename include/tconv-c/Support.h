/*===- Support.h - What the C interfaces share ------------------------*- C -*-===*\
|*
|* Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#ifndef TCONV_C_SUPPORT_H
#define TCONV_C_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TCONV_EXPORT __attribute__((visibility("default")))
#else
#define TCONV_EXPORT
#endif

/* What functions give: all is well, something is wrong, or this build or machine does not do it. */
enum { TCONV_OK = 0, TCONV_ERROR = 1, TCONV_UNSUPPORTED = 77 };

enum { TCONV_MAX_RANK = 64 };

/* The type of a tensor: "f32", "bf16", "i8" and so on; a size of -1 is known at run time only. */
typedef struct {
  const char *elementType;
  int rank;
  int64_t shape[TCONV_MAX_RANK];
} TconvTensorType;

/* "0.1.0" */
TCONV_EXPORT const char *tconvGetVersion(void);

/* The message of the calling thread's last call that failed; never null. */
TCONV_EXPORT const char *tconvGetError(void);

#ifdef __cplusplus
}
#endif

#endif /* TCONV_C_SUPPORT_H */

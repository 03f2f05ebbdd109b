/*===- Device.h - Running layers on GPUs, for C -----------------------*- C -*-===*\
|*
|* Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

/* Loads a program that tconv-compile --target=cuda has written, and runs it on an NVIDIA GPU. The
 * library needs the CUDA driver when it runs, and neither tconv's compiler nor LLVM. The driver
 * is looked for in the system's library folders, or at the path that TCONV_CUDA_DRIVER names. Where
 * there is no driver, no GPU, or no code for it, functions give TCONV_UNSUPPORTED.
 *
 * A device and what belongs to it may be used from one thread at a time. */

#ifndef TCONV_C_DEVICE_H
#define TCONV_C_DEVICE_H

#include "tconv-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct TconvDevice TconvDevice;
typedef struct TconvProgram TconvProgram;

/* A tensor in the memory of a GPU, its last dimension fastest, without gaps. */
typedef struct {
  uint64_t address;
  int rank;
  int64_t shape[TCONV_MAX_RANK];
} TconvTensor;

/* Opens a GPU by its number, counted from 0. */
TCONV_EXPORT int tconvDeviceOpen(int number, TconvDevice **device);
/* Closes it, after its programs. */
TCONV_EXPORT void tconvDeviceClose(TconvDevice *device);
/* "NVIDIA H100 (sm_90)"; belongs to the device. */
TCONV_EXPORT const char *tconvDeviceGetName(TconvDevice *device);

/* Memory of the GPU, aligned to 256 bytes. */
TCONV_EXPORT int tconvDeviceAllocate(TconvDevice *device, size_t bytes, uint64_t *address);
TCONV_EXPORT int tconvDeviceFree(TconvDevice *device, uint64_t address);
TCONV_EXPORT int tconvDeviceCopyIn(TconvDevice *device, uint64_t to, const void *from,
                                   size_t bytes);
/* Returns when the bytes are there, after all that was started before. */
TCONV_EXPORT int tconvDeviceCopyOut(TconvDevice *device, void *to, uint64_t from, size_t bytes);
/* Waits for all that was started. */
TCONV_EXPORT int tconvDeviceSynchronize(TconvDevice *device);

/* Reads a program from a file, or from memory. */
TCONV_EXPORT int tconvProgramLoadFile(TconvDevice *device, const char *path,
                                      TconvProgram **program);
TCONV_EXPORT int tconvProgramLoad(TconvDevice *device, const void *bytes, size_t size,
                                  TconvProgram **program);
TCONV_EXPORT void tconvProgramFree(TconvProgram *program);

TCONV_EXPORT int tconvProgramGetNumInputs(TconvProgram *program);
TCONV_EXPORT int tconvProgramGetNumResults(TconvProgram *program);
TCONV_EXPORT int tconvProgramGetInput(TconvProgram *program, int number, TconvTensorType *type);
TCONV_EXPORT int tconvProgramGetResult(TconvProgram *program, int number, TconvTensorType *type);
/* Whether results are written to memory of the caller's (1), which is so if all their sizes are
 * known, or to memory that the run allocates (0). */
TCONV_EXPORT int tconvProgramTakesResults(TconvProgram *program);

/* Prepares the inputs that the program takes for constants, like the filter of a trained network.
 * All inputs are given; the others are not looked at. To be called before the first run, and
 * again when such an input has changed; nothing is done if there is none. */
TCONV_EXPORT int tconvProgramPack(TconvProgram *program, const TconvTensor *inputs);

/* Starts the program. If it takes results, their addresses and shapes are given; otherwise they are
 * set, and the caller frees each address. */
TCONV_EXPORT int tconvProgramRun(TconvProgram *program, const TconvTensor *inputs,
                                 TconvTensor *results);

#ifdef __cplusplus
}
#endif

#endif /* TCONV_C_DEVICE_H */

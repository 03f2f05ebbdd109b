/*===- Compiler.h - Compiling and running layers, for C ---------------*- C -*-===*\
|*
|* Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

/* Compiles modules of MLIR that hold transposed convolutions, in this process, and runs them on
 * memory of the caller's: what other languages bind to. Programs that are to run without the
 * compiler take what tconv-compile writes instead (docs/artefacts.md).
 *
 * Functions that can fail give TCONV_OK, TCONV_ERROR or TCONV_UNSUPPORTED, and leave a message for
 * tconvGetError; what they were to make is null then. Texts are UTF-8 and end with a zero.
 *
 * Any function may be called from any thread. An executable may be run by several threads at once,
 * with tensors of their own, but one of a GPU or the emulator by one thread at a time; it is freed
 * when none uses it. */

#ifndef TCONV_C_COMPILER_H
#define TCONV_C_COMPILER_H

#include "tconv-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How modules are compiled. */
typedef struct TconvOptions TconvOptions;

/* The defaults of all options; never null. */
TCONV_EXPORT TconvOptions *tconvOptionsCreate(void);
TCONV_EXPORT void tconvOptionsFree(TconvOptions *options);
/* Sets an option by its name:
 *   algorithm    auto, direct, phases, zero-insertion      (auto)
 *   allow-tf32   true, false: whether tensor cores may multiply f32     (false)
 *   arch         the GPU's architecture, like sm_80        (the GPU's own, or sm_80)
 *   cache        true, false: whether code is kept in the user's cache on disk, and taken from
 *                there                                     (true)
 *   entry        the function to compile                   (the only public one, or main)
 *   remarks      true, false: whether tconvExecutableGetRemarks says what passes chose, for which
 * code is not taken from the cache                (false) target       cpu, cuda, emulated (cpu)
 *   target-cpu   the processor, as LLVM calls it           (host)
 *   threads      how many threads run the code; 0: TCONV_NUM_THREADS, or those available (0)
 * An error if there is no such option, or if it does not take the value. */
TCONV_EXPORT int tconvOptionsSet(TconvOptions *options, const char *name, const char *value);

/* The text of a module with one layer, in @main, which takes x, w and, if there is one, b, for
 * example for "n1 ci64 co32 i8x8 k4 s2 p1 b cl f16" (bench/README.md). If
 * `constantWeights` is not 0, w and b are marked as the same in every run. Freed by tconvTextFree.
 */
TCONV_EXPORT int tconvLayerToModule(const char *descriptor, int constantWeights, char **text);

/* The text of a module after a stage of compilation (docs/architecture.md), like "decomposed".
 * `options` may be null. Freed by tconvTextFree. */
TCONV_EXPORT int tconvModuleToStage(const char *module, const TconvOptions *options,
                                    const char *stage, char **text);

TCONV_EXPORT void tconvTextFree(char *text);

typedef struct TconvArray TconvArray;

/* Explains the only transposed convolution of a function, as tconv-explain does: `form` is "text",
 * "svg", a picture, "html", a page to explore it with, or "html-stages", that page with what
 * compilation makes of the layer. `inputs` has an array for each argument, or is null for sample
 * values: x ones, w counting from 1. `at` is the output element to explain, its spatial indices or
 * batch, channel and spatial indices ("0,1"), or null for the first one; the text is then of the
 * whole layer. `title` stands above a page. `options` may be null. Freed by tconvTextFree. */
TCONV_EXPORT int tconvExplain(const char *module, const TconvOptions *options,
                              const TconvArray *inputs, int numInputs, const char *at,
                              const char *form, const char *title, char **text);

/* Compiles a function of a module to a file that needs neither tconv nor LLVM when it runs
 * (docs/artefacts.md): `path` ends in .so, .o, .s, .ll or .mlir, or for GPUs in .tcgpu, .ptx,
 * .cubin or .fatbin. `header` is the C header to write, or null. A shared library is linked by the
 * C compiler that CC names, or cc. `options` may be null. */
TCONV_EXPORT int tconvCompileToFile(const char *module, const TconvOptions *options,
                                    const char *path, const char *header);

/* A compiled function. */
typedef struct TconvExecutable TconvExecutable;

/* Compiles a function of a module, which is given as text. `options` may be null. The message of an
 * error has a line for each diagnostic: "line 2, column 8: error: ...". */
TCONV_EXPORT int tconvCompile(const char *module, const TconvOptions *options,
                              TconvExecutable **executable);
TCONV_EXPORT void tconvExecutableFree(TconvExecutable *executable);

TCONV_EXPORT int tconvExecutableGetNumInputs(const TconvExecutable *executable);
TCONV_EXPORT int tconvExecutableGetNumResults(const TconvExecutable *executable);
TCONV_EXPORT int tconvExecutableGetInput(const TconvExecutable *executable, int number,
                                         TconvTensorType *type);
TCONV_EXPORT int tconvExecutableGetResult(const TconvExecutable *executable, int number,
                                          TconvTensorType *type);
/* Whether an input is marked as the same in every run (1), which tconvExecutablePack packs, or not
 * (0). */
TCONV_EXPORT int tconvExecutableIsConstantInput(const TconvExecutable *executable, int number);
/* Whether results are written to memory of the caller's (1), which is so if all their sizes are
 * known, or to memory that the run allocates (0). */
TCONV_EXPORT int tconvExecutableTakesResults(const TconvExecutable *executable);
/* What passes chose, and why: a line for each remark, in the order of the passes; empty without the
 * option remarks. Belongs to the executable. */
TCONV_EXPORT const char *tconvExecutableGetRemarks(const TconvExecutable *executable);
/* On what it runs: "2 threads", "NVIDIA H100 (sm_90)". Belongs to the executable. */
TCONV_EXPORT const char *tconvExecutableGetWhere(const TconvExecutable *executable);

/* A tensor in memory, its last dimension fastest, without gaps. The elements are aligned as their
 * type asks; a bf16 or f16 has the 16 bits of the format, an i1 a byte. */
struct TconvArray {
  void *data;
  int rank;
  /* `rank` sizes. */
  int64_t *shape;
};

/* What an executable makes of inputs that are marked as the same in every run (tconv.constant),
 * like the filter of a trained network. */
typedef struct TconvPacked TconvPacked;

/* Packs those inputs. All inputs are given; the others are not looked at but for their shapes. */
TCONV_EXPORT int tconvExecutablePack(const TconvExecutable *executable, const TconvArray *inputs,
                                     TconvPacked **packed);
TCONV_EXPORT void tconvPackedFree(TconvPacked *packed);

/* Runs the function. `packed` comes from inputs with the same constants, or is null: then they are
 * packed anew. If the executable takes results, `data`, `rank` and `shape` of each are given, and
 * overlap neither each other nor an input. Otherwise `shape` points to room for the rank of the
 * result's type; `data`, `rank` and the sizes are set, and tconvArrayFree frees each `data`. */
TCONV_EXPORT int tconvExecutableRun(const TconvExecutable *executable, const TconvPacked *packed,
                                    const TconvArray *inputs, TconvArray *results);
TCONV_EXPORT void tconvArrayFree(void *data);

#ifdef __cplusplus
}
#endif

#endif /* TCONV_C_COMPILER_H */

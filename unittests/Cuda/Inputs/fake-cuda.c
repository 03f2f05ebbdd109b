/* A CUDA driver without a GPU, for tests: memory is the host's, and launches are written down.
 *
 *   TCONV_FAKE_CUDA_FAIL=cuMemAlloc_v2   this function fails
 *   TCONV_FAKE_CUDA_STATUS=2             with this status (default: 999)
 *   TCONV_FAKE_CUDA_GPUS=0               how many GPUs there are (default: 1)
 *   TCONV_FAKE_CUDA_ARCH=90              what they are (default: 80)
 *   TCONV_FAKE_CUDA_LOG=path             where calls are appended, a line each
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int Status;
typedef unsigned long long Address;

static int number(const char *variable, int otherwise) {
  const char *text = getenv(variable);
  return text ? atoi(text) : otherwise;
}

static Status call(const char *name, const char *details) {
  const char *path = getenv("TCONV_FAKE_CUDA_LOG"), *failing = getenv("TCONV_FAKE_CUDA_FAIL");
  FILE *log = path ? fopen(path, "a") : NULL;
  if (log) {
    fprintf(log, "%s%s\n", name, details);
    fclose(log);
  }
  return failing && strcmp(failing, name) == 0 ? number("TCONV_FAKE_CUDA_STATUS", 999) : 0;
}

#define CALL()                                                                                     \
  do {                                                                                             \
    Status status = call(__func__, "");                                                            \
    if (status)                                                                                    \
      return status;                                                                               \
  } while (0)

Status cuInit(unsigned flags) {
  (void)flags;
  CALL();
  return 0;
}

Status cuGetErrorName(Status status, const char **text) {
  *text = status == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : status == 100 ? "CUDA_ERROR_NO_DEVICE" : NULL;
  return *text ? 0 : 1;
}

Status cuGetErrorString(Status status, const char **text) {
  *text = status == 2 ? "out of memory" : status == 100 ? "no CUDA-capable device" : NULL;
  return *text ? 0 : 1;
}

Status cuDeviceGetCount(int *count) {
  CALL();
  *count = number("TCONV_FAKE_CUDA_GPUS", 1);
  return 0;
}

Status cuDeviceGet(int *device, int index) {
  CALL();
  *device = index;
  return 0;
}

Status cuDeviceGetName(char *name, int size, int device) {
  (void)device;
  CALL();
  snprintf(name, (size_t)size, "Fake GPU");
  return 0;
}

Status cuDeviceGetAttribute(int *value, int attribute, int device) {
  (void)device;
  CALL();
  int arch = number("TCONV_FAKE_CUDA_ARCH", 80);
  *value = attribute == 75 ? arch / 10 : arch % 10;
  return 0;
}

Status cuDevicePrimaryCtxRetain(void **context, int device) {
  (void)device;
  CALL();
  *context = (void *)1;
  return 0;
}

Status cuDevicePrimaryCtxRelease_v2(int device) {
  (void)device;
  CALL();
  return 0;
}

Status cuCtxSetCurrent(void *context) {
  (void)context;
  CALL();
  return 0;
}

Status cuModuleLoadDataEx(void **module, const void *image, unsigned count, int *options,
                          void **values) {
  Status status = call(__func__, "");
  for (unsigned index = 0; status && index < count; ++index)
    if (options[index] == 5) /* CU_JIT_ERROR_LOG_BUFFER */
      strcpy(values[index], "ptxas error : what is wrong");
  (void)image;
  *module = (void *)2;
  return status;
}

Status cuModuleUnload(void *module) {
  (void)module;
  CALL();
  return 0;
}

static char kernelName[256];

Status cuModuleGetFunction(void **function, void *module, const char *name) {
  (void)module;
  CALL();
  snprintf(kernelName, sizeof(kernelName), "%s", name);
  *function = kernelName;
  return 0;
}

Status cuFuncSetAttribute(void *function, int attribute, int value) {
  (void)function;
  char details[64];
  snprintf(details, sizeof(details), " %d %d", attribute, value);
  return call(__func__, details);
}

Status cuMemAlloc_v2(Address *address, size_t bytes) {
  CALL();
  *address = (Address)(size_t)aligned_alloc(256, bytes);
  return *address ? 0 : 2;
}

Status cuMemFree_v2(Address address) {
  CALL();
  free((void *)(size_t)address);
  return 0;
}

Status cuMemcpyHtoDAsync_v2(Address to, const void *from, size_t bytes, void *stream) {
  (void)stream;
  CALL();
  memcpy((void *)(size_t)to, from, bytes);
  return 0;
}

Status cuMemcpyDtoHAsync_v2(void *to, Address from, size_t bytes, void *stream) {
  (void)stream;
  CALL();
  memcpy(to, (void *)(size_t)from, bytes);
  return 0;
}

Status cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, void *stream) {
  (void)stream;
  CALL();
  memmove((void *)(size_t)to, (void *)(size_t)from, bytes);
  return 0;
}

Status cuStreamCreate(void **stream, unsigned flags) {
  (void)flags;
  CALL();
  *stream = (void *)3;
  return 0;
}

Status cuStreamDestroy_v2(void *stream) {
  (void)stream;
  CALL();
  return 0;
}

Status cuStreamSynchronize(void *stream) {
  (void)stream;
  CALL();
  return 0;
}

Status cuEventCreate(void **event, unsigned flags) {
  (void)flags;
  CALL();
  *event = (void *)4;
  return 0;
}

Status cuEventDestroy_v2(void *event) {
  (void)event;
  CALL();
  return 0;
}

Status cuEventRecord(void *event, void *stream) {
  (void)event;
  (void)stream;
  CALL();
  return 0;
}

Status cuEventSynchronize(void *event) {
  (void)event;
  CALL();
  return 0;
}

Status cuEventElapsedTime(float *milliseconds, void *start, void *end) {
  (void)start;
  (void)end;
  CALL();
  *milliseconds = 1.5f;
  return 0;
}

#ifndef TCONV_FAKE_CUDA_WITHOUT_TENSOR_MAPS
/* Appends " 1,2,3". */
#define LIST(text, numbers, count)                                                                 \
  for (unsigned index = 0; index < (count); ++index)                                               \
  snprintf(text + strlen(text), sizeof(text) - strlen(text), index ? ",%lld" : " %lld",            \
           (long long)(numbers)[index])

/* Each map begins with its number, from 1 on. */
static void numberMap(void *map) {
  static int number = 0;
  memset(map, 0, 128);
  *(int *)map = ++number;
}

Status cuTensorMapEncodeTiled(void *map, int type, unsigned rank, void *address,
                              const unsigned long long *sizes, const unsigned long long *strides,
                              const unsigned *box, const unsigned *steps, int interleave,
                              int swizzle, int promotion, int fill) {
  char details[512] = "";
  snprintf(details, sizeof(details), " %s %d", (size_t)map % 64 || !address ? "wrong" : "ok", type);
  LIST(details, sizes, rank);
  LIST(details, strides, rank - 1);
  LIST(details, box, rank);
  LIST(details, steps, rank);
  snprintf(details + strlen(details), 64, " %d %d %d %d", interleave, swizzle, promotion, fill);
  numberMap(map);
  return call(__func__, details);
}

Status cuTensorMapEncodeIm2col(void *map, int type, unsigned rank, void *address,
                               const unsigned long long *sizes, const unsigned long long *strides,
                               const int *lower, const int *upper, unsigned channels,
                               unsigned pixels, const unsigned *steps, int interleave, int swizzle,
                               int promotion, int fill) {
  char details[512] = "";
  snprintf(details, sizeof(details), " %s %d", (size_t)map % 64 || !address ? "wrong" : "ok", type);
  LIST(details, sizes, rank);
  LIST(details, strides, rank - 1);
  LIST(details, lower, rank - 2);
  LIST(details, upper, rank - 2);
  LIST(details, steps, rank);
  snprintf(details + strlen(details), 128, " %u %u %d %d %d %d", channels, pixels, interleave,
           swizzle, promotion, fill);
  numberMap(map);
  return call(__func__, details);
}
#endif

Status cuLaunchKernel(void *function, unsigned gridX, unsigned gridY, unsigned gridZ,
                      unsigned blockX, unsigned blockY, unsigned blockZ, unsigned sharedBytes,
                      void *stream, void **parameters, void **extra) {
  (void)stream;
  (void)extra;
  char details[512];
  snprintf(details, sizeof(details), " %s %u %u %u | %u %u %u | %u | %d", (char *)function, gridX,
           gridY, gridZ, blockX, blockY, blockZ, sharedBytes, *(int *)parameters[0]);
  return call(__func__, details);
}

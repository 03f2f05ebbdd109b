//===- Program.cpp - Programs on GPUs, for C ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceHandles.h"
#include "Support.h"

#include "tconv/Device/ProgramFile.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace tconv;

namespace {

Result<std::string> readFile(const char *path) {
  std::FILE *file = std::fopen(path, "rb");
  if (!file)
    return Error{std::string(path) + ": " + std::strerror(errno)};
  std::string bytes;
  char buffer[1 << 16];
  for (size_t size; (size = std::fread(buffer, 1, sizeof(buffer), file)) != 0;)
    bytes.append(buffer, size);
  bool failed = std::ferror(file);
  std::fclose(file);
  return failed ? Result<std::string>(Error{std::string(path) + ": could not be read"}) : bytes;
}

Result<std::unique_ptr<LoadedProgram>> load(CudaDevice &gpu, std::string_view bytes) {
  Result<std::vector<ProgramFile>> programs = readProgramFile(bytes);
  if (!programs)
    return programs.error();
  Result<ProgramFile> file = chooseProgram(std::move(*programs), gpu.arch());
  if (!file)
    return file.error();
  std::unique_ptr<DeviceModule> module;
  if (!file->program.kernels.empty()) {
    Result<const CodeImage *> image = chooseImage(file->images, gpu.arch());
    if (!image)
      return image.error();
    Result<std::unique_ptr<DeviceModule>> kernels = gpu.load((*image)->bytes);
    if (!kernels)
      return kernels.error();
    module = std::move(*kernels);
  }
  return LoadedProgram::load(std::move(file->program), gpu, std::move(module));
}

DeviceTensor toTensor(const TensorSpec &spec, const TconvTensor &tensor) {
  // A rank that is not one does not fit the specification either.
  int rank = tensor.rank < 0 || tensor.rank > TCONV_MAX_RANK ? 0 : tensor.rank;
  return {spec.type, {tensor.shape, tensor.shape + rank}, tensor.address};
}

std::vector<DeviceTensor> toTensors(const std::vector<TensorSpec> &specs,
                                    const TconvTensor *tensors) {
  std::vector<DeviceTensor> result;
  for (size_t index = 0; index < specs.size(); ++index)
    result.push_back(toTensor(specs[index], tensors[index]));
  return result;
}

const Function &entryOf(const TconvProgram *program) { return program->loaded->program().entry; }

Status allocatePacked(TconvProgram &program) {
  for (int64_t bytes : entryOf(&program).packedBytes) {
    if (program.packed.size() == entryOf(&program).packedBytes.size())
      break;
    Result<DeviceAddress> buffer =
        program.loaded->device().allocate(bytes ? static_cast<uint64_t>(bytes) : 1);
    if (!buffer)
      return buffer.error();
    program.packed.push_back(*buffer);
  }
  return success();
}

} // namespace

TconvProgram::~TconvProgram() {
  for (DeviceAddress buffer : packed)
    (void)loaded->device().free(buffer);
}

int tconvProgramLoad(TconvDevice *device, const void *bytes, size_t size, TconvProgram **program) {
  *program = nullptr;
  Result<std::unique_ptr<LoadedProgram>> loaded =
      load(*device->gpu, {static_cast<const char *>(bytes), size});
  if (!loaded)
    return report(loaded.error());
  *program = new TconvProgram{std::move(*loaded), {}};
  return TCONV_OK;
}

int tconvProgramLoadFile(TconvDevice *device, const char *path, TconvProgram **program) {
  *program = nullptr;
  Result<std::string> bytes = readFile(path);
  if (!bytes)
    return report(bytes.error());
  return tconvProgramLoad(device, bytes->data(), bytes->size(), program);
}

void tconvProgramFree(TconvProgram *program) { delete program; }

int tconvProgramGetNumInputs(TconvProgram *program) {
  return static_cast<int>(entryOf(program).inputs.size());
}

int tconvProgramGetNumResults(TconvProgram *program) {
  return static_cast<int>(entryOf(program).results.size());
}

int tconvProgramGetInput(TconvProgram *program, int number, TconvTensorType *type) {
  return report(describeType(entryOf(program).inputs, number, "input", *type));
}

int tconvProgramGetResult(TconvProgram *program, int number, TconvTensorType *type) {
  return report(describeType(entryOf(program).results, number, "result", *type));
}

int tconvProgramTakesResults(TconvProgram *program) { return entryOf(program).takesOutputs; }

int tconvProgramPack(TconvProgram *program, const TconvTensor *inputs) {
  if (Status status = allocatePacked(*program); !status)
    return report(status);
  const Program &code = program->loaded->program();
  std::vector<DeviceTensor> filters;
  for (uint32_t input : code.packInputs)
    filters.push_back(toTensor(code.entry.inputs[input], inputs[input]));
  return report(program->loaded->pack(filters, program->packed));
}

int tconvProgramRun(TconvProgram *program, const TconvTensor *inputs, TconvTensor *results) {
  const Function &entry = entryOf(program);
  std::vector<DeviceTensor> outputs;
  if (entry.takesOutputs)
    outputs = toTensors(entry.results, results);
  Status status = program->loaded->run(toTensors(entry.inputs, inputs), program->packed, outputs);
  if (!status || entry.takesOutputs)
    return report(status);
  for (size_t index = 0; index < outputs.size(); ++index) {
    results[index].address = outputs[index].address;
    results[index].rank = static_cast<int>(outputs[index].shape.size());
    for (size_t dim = 0; dim < outputs[index].shape.size(); ++dim)
      results[index].shape[dim] = outputs[index].shape[dim];
  }
  return TCONV_OK;
}

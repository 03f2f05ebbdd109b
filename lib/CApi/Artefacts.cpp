//===- Artefacts.cpp - Modules as files that run alone, for C -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handles.h"
#include "Session.h"

#include "tconv/Compile/Compile.h"

using namespace tconv;

static Status compileToFile(Session &session, const char *text, const TconvOptions &options,
                            const ArtefactFiles &files) {
  auto module = session.parse(text);
  if (!module)
    return module.error();
  ArtefactOptions artefact;
  artefact.entry = options.entry;
  artefact.threads = options.compile.threads;
  artefact.compile = options.compile;
  if (options.compile.target.arch)
    artefact.archs.push_back(*options.compile.target.arch);
  return compileToFiles(**module, files, artefact);
}

int tconvCompileToFile(const char *module, const TconvOptions *options, const char *path,
                       const char *header) {
  Session session;
  Status status = compileToFile(session, module, options ? *options : defaultOptions(),
                                {path, header ? header : ""});
  return report(status ? status : Status(session.explain(status.error())));
}

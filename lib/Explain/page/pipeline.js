// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The IR after each stage of compilation, side by side, if the page was given it. It is
// that of the layer in the file: it does not follow the sliders.

/** A column: the stage's name, its sentence and its IR. */
function stageColumn(stage) {
  const column = document.createElement('li');
  const name = document.createElement('h3');
  name.textContent = stage.name;
  const sentence = document.createElement('p');
  sentence.textContent = stage.sentence;
  const code = document.createElement('pre');
  code.textContent = stage.ir;
  code.tabIndex = 0; // so that the keyboard can scroll it
  code.setAttribute('aria-label', `IR after the stage ${stage.name}`);
  column.append(name, sentence, code);
  return column;
}

function showPipeline(pipeline) {
  if (!pipeline) return;
  document.getElementById('pipeline-remarks').append(
    ...pipeline.remarks.map((remark) => {
      const item = document.createElement('li');
      item.textContent = remark;
      return item;
    }));
  document.getElementById('stages').append(...pipeline.stages.map(stageColumn));
  document.getElementById('pipeline').hidden = false;
}

showPipeline(JSON.parse(document.getElementById('stages-data').textContent));

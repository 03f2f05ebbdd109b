//===- PhasesPanel.cpp - The third panel: phases --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The output coloured by phase and the sub-kernel of each phase. A phase is a residue
// of o + pb in each dimension; they are lettered from the first output element on.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Picture.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

constexpr int64_t maxOutputCells = 20;
constexpr int64_t maxTaps = 4;
constexpr int64_t maxPhases = 9;
constexpr double outputWidth = 300, outputLeft = margin + 16;
constexpr double phasesWidth = 384;

class PhasesPanel {
public:
  PhasesPanel(SvgWriter &svg, const Plane &plane) : svg(svg), plane(plane) { layOut(); }

  double draw(double top);
  void note(std::vector<std::string> &notes) const;

private:
  void layOut();
  double drawOutput(double top);
  double drawSubKernels(double top);
  double drawSubKernel(const Rect &box, int64_t number);

  int64_t stride(int dim) const { return plane.dims[dim].attributes.stride; }
  /// Phases are numbered by the output elements [0, s) x [0, s).
  int64_t numberOf(const Cell &output) const {
    return output.row % stride(0) * stride(1) + output.column % stride(1);
  }
  int64_t numPhases() const { return stride(0) * stride(1); }
  /// "A", or a number where letters run out.
  std::string nameOf(int64_t number) const {
    return numPhases() <= 26 ? std::string(1, static_cast<char>('A' + number))
                             : std::to_string(number + 1);
  }
  static std::string classOf(int64_t number) { return "phase p" + std::to_string(number % 7); }
  /// The phase of each dimension of the layer, in the slice that is drawn, for an output whose
  /// place in the plane is `cell`.
  std::vector<Phase> phasesAt(const Cell &cell) const;
  std::vector<Phase> phasesOf(int64_t number) const {
    return phasesAt({number / stride(1), number % stride(1)});
  }
  static bool isEmpty(const std::vector<Phase> &phases) {
    return std::any_of(phases.begin(), phases.end(), [](auto &phase) { return phase.taps == 0; });
  }
  std::vector<int64_t> shownPhases() const;

  SvgWriter &svg;
  const Plane &plane;
  Grid output;
  /// Where the sub-kernels are: beside the grid or below it.
  double phasesLeft = pictureWidth - margin - phasesWidth;
};

void PhasesPanel::layOut() {
  output.rows = windowOf({0, plane.dims[0].output}, plane.chosen.row, maxOutputCells);
  output.columns = windowOf({0, plane.dims[1].output}, plane.chosen.column, maxOutputCells);
  output.cell = cellSize(plane.hasRows() ? outputWidth : wholeWidth,
                         std::max(output.rows.size(), output.columns.size()));
}

double PhasesPanel::drawOutput(double top) {
  output.origin = {outputLeft, top + 34};
  svg.text({outputLeft, top + 12}, "y by phase", "label strong");
  drawIndices(svg, output, {0, 0}, plane.hasRows());
  drawCells(svg, output, [&](const Cell &cell) {
    int64_t number = numberOf(cell);
    std::string name = nameOf(number);
    bool fits = name.size() <= charactersIn(output.cell);
    bool empty = isEmpty(phasesAt(cell));
    return CellLook{empty ? "cell" : classOf(number), fits ? name : "", empty ? "faint" : "value"};
  });
  svg.rect(output.at(plane.chosen), "chosen");
  return output.frame().bottom();
}

std::vector<Phase> PhasesPanel::phasesAt(const Cell &cell) const {
  const std::vector<DimGeometry> &dims = plane.layer.geometry.dims;
  const Position position = plane.output(cell).position;
  std::vector<Phase> phases;
  for (size_t dim = 0; dim < dims.size(); ++dim)
    phases.push_back(phaseOf(dims[dim], position[dim]));
  return phases;
}

/// The first ones, the phase of the chosen element always among them.
std::vector<int64_t> PhasesPanel::shownPhases() const {
  // Phases beyond a small output have no elements.
  std::vector<int64_t> shown;
  for (int64_t row = 0; row < std::min(stride(0), plane.dims[0].output); ++row)
    for (int64_t column = 0; column < std::min(stride(1), plane.dims[1].output); ++column)
      if (static_cast<int64_t>(shown.size()) < maxPhases)
        shown.push_back(numberOf({row, column}));
  int64_t chosen = numberOf(plane.chosen);
  if (std::find(shown.begin(), shown.end(), chosen) == shown.end())
    shown.back() = chosen;
  return shown;
}

double PhasesPanel::drawSubKernel(const Rect &box, int64_t number) {
  const std::vector<Phase> all = phasesOf(number);
  const bool empty = isEmpty(all);
  // Those of the plane's dimensions: a row of one tap where the layer has one dimension.
  const Phase phases[] = {plane.hasRows() ? all[all.size() - 2] : plane.phases[0], all.back()};
  bool isChosen = number == numberOf(plane.chosen);
  svg.rect({box.x, box.y, 18, 18}, empty ? "cell" : classOf(number));
  drawFitted(svg, {box.x, box.y, 18, 18}, nameOf(number), "value strong");
  svg.text({box.x + 25, box.y + 13}, empty ? "no tap" : subKernelName(plane.layer.geometry, all),
           isChosen ? "mono strong" : "mono");
  if (empty)
    return box.y + 18;
  Grid grid;
  grid.origin = {box.x, box.y + 24};
  grid.rows = {0, std::min(phases[0].taps, maxTaps)};
  grid.columns = {0, std::min(phases[1].taps, maxTaps)};
  grid.cell = 24;
  auto tapOf = [&](const Cell &cell) {
    return Cell{phases[0].firstTap + cell.row * plane.dims[0].attributes.tapStep(),
                phases[1].firstTap + cell.column * plane.dims[1].attributes.tapStep()};
  };
  drawCells(svg, grid, [&](const Cell &cell) {
    return CellLook{classOf(number), plane.w(tapOf(cell), charactersIn(grid.cell))};
  });
  if (isChosen)
    svg.rect(grid.frame(), "chosen");
  if (isChosen)
    for (size_t i = 0; i < std::min(plane.terms.size(), maxColoured); ++i)
      for (int64_t row = 0; row < grid.rows.end; ++row)
        for (int64_t column = 0; column < grid.columns.end; ++column)
          if (tapOf({row, column}) == plane.terms[i].tap)
            drawCellBadge(svg, plane, grid.at({row, column}), i);
  bool cut = phases[0].taps > maxTaps || phases[1].taps > maxTaps;
  if (cut)
    svg.text({grid.frame().right() + 5, grid.frame().bottom() - 4},
             "... of " + (plane.hasRows() ? std::to_string(phases[0].taps) + "x" : "") +
                 std::to_string(phases[1].taps),
             "muted");
  return grid.frame().bottom() + (plane.hasRows() ? 0 : badgeRoom);
}

double PhasesPanel::drawSubKernels(double top) {
  svg.text({phasesLeft, top + 12}, "the sub-kernel of each phase", "label strong");
  std::vector<int64_t> shown = shownPhases();
  const size_t perRow = !plane.hasRows() ? 4 : shown.size() <= 4 ? 2 : 3;
  const double width = (plane.hasRows() ? phasesWidth : wholeWidth) / static_cast<double>(perRow);
  double bottom = top + 22;
  for (size_t i = 0; i < shown.size(); i += perRow) {
    double rowTop = bottom + (i == 0 ? 0 : 14);
    for (size_t j = i; j < std::min(i + perRow, shown.size()); ++j)
      bottom = std::max(
          bottom, drawSubKernel({phasesLeft + width * static_cast<double>(j - i), rowTop, width, 0},
                                shown[j]));
  }
  ProductCounts counts = countProducts(plane.layer.geometry, plane.at.position);
  std::string chosen = plane.names.y(plane.at) + " is in phase " + nameOf(numberOf(plane.chosen)) +
                       "; " + formatCount(counts.real) + " of its " + formatCount(counts.ofPhase) +
                       (counts.ofPhase == 1 ? " product is" : " products are") + " inside x";
  SumText sum = sumText(plane.layer, contributionsTo(plane.layer, plane.at, maxColoured));
  std::string numbers = numbersAndTotal(sum);
  bottom = drawLines(svg, {phasesLeft, bottom + 24}, wrap(chosen, 58), "label", 17);
  return drawLines(svg, {phasesLeft, bottom + 2}, wrap(numbers, 50), "mono strong", 16) - 16;
}

double PhasesPanel::draw(double top) {
  double y = drawHeading(svg, top, "3. Phases",
                         "Output elements s apart meet the same taps of w: those with k*d = o + p "
                         "modulo s. Each phase is an "
                         "ordinary convolution of x with its own sub-kernel, and no product with "
                         "an inserted zero is left.");
  if (plane.hasRows())
    return std::max(drawOutput(y), drawSubKernels(y)) + 24;
  phasesLeft = outputLeft;
  return drawSubKernels(drawOutput(y) + 16) + 24;
}

void PhasesPanel::note(std::vector<std::string> &notes) const {
  int64_t all =
      std::min(stride(0), plane.dims[0].output) * std::min(stride(1), plane.dims[1].output);
  if (all > maxPhases)
    notes.push_back("Of " + std::to_string(all) + " phases " + std::to_string(maxPhases) +
                    " sub-kernels are drawn.");
  noteWindow(plane, output, {plane.dims[0].output, plane.dims[1].output}, "y", notes);
}

} // namespace

double explain::drawPhases(SvgWriter &svg, const Plane &plane, double top,
                           std::vector<std::string> &notes) {
  PhasesPanel panel(svg, plane);
  panel.note(notes);
  return panel.draw(top);
}

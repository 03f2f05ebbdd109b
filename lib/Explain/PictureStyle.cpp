//===- PictureStyle.cpp - Colours of the picture --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The colours are those of Okabe and Ito, which people with any colour vision can tell
// apart; letters and dashes say the same. Classes instead of CSS variables, since some
// renderers do not know variables: those show the light colours on a light ground.
//
//===----------------------------------------------------------------------===//

#include "Picture.h"

using namespace tconv;

namespace {

constexpr char lightStyle[] = R"(
.ground{fill:#ffffff}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;fill:#1f2328}
.mono,.value,.faint,.index{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.title{font-size:20px;font-weight:600}
.heading{font-size:16px;font-weight:600}
.caption{font-size:13px}
.label{font-size:12px}
.note,.muted,.index{fill:#57606a}
.note{font-size:12px}
.muted{font-size:12px}
.index{font-size:9.5px}
.mono{font-size:12px}
.equation{font-size:13.5px;font-weight:600}
.faint{fill:#6e7781}
.strong{font-weight:700}
.letter{font-size:10px;font-weight:700;fill:#ffffff}
.rule{stroke:#d0d7de;stroke-width:1}
.cell{fill:#ffffff;stroke:#c4ccd4;stroke-width:.75}
.real{fill:#dde3e9;stroke:#8c959f;stroke-width:.75}
.pad{fill:url(#dots);stroke:#dfe4e9;stroke-width:.75}
.cut{fill:url(#hatch);stroke:#dfe4e9;stroke-width:.75}
.crop{fill:none;stroke:#1f2328;stroke-width:2;stroke-dasharray:6 3}
.window{fill:none;stroke:#1f2328;stroke-width:2.5}
.tap{fill:none;stroke:#6e7781;stroke-width:1}
.chosen{fill:none;stroke:#1f2328;stroke-width:3}
.dot{fill:#b6bfc8}
.stripe{stroke:#b6bfc8;stroke-width:1.2}
.fill{stroke:none;fill-opacity:.3}
.frame{fill:none;stroke-width:2.25}
.badge{stroke:none}
.c0{fill:#0072b2;stroke:#0072b2}
.c1{fill:#d55e00;stroke:#d55e00}
.c2{fill:#007a5a;stroke:#007a5a}
.c3{fill:#a84f83;stroke:#a84f83}
.c4{fill:#8a6100;stroke:#8a6100}
.c5{fill:#2b7fb5;stroke:#2b7fb5}
.frame.c1{stroke-dasharray:7 3}
.frame.c2{stroke-dasharray:2.5 2.5}
.frame.c3{stroke-dasharray:9 3 2 3}
.frame.c4{stroke-dasharray:4 2}
.frame.c5{stroke-dasharray:1.5 3}
.p0{fill:#56b4e9}.p1{fill:#e69f00}.p2{fill:#009e73}.p3{fill:#cc79a7}.p4{fill:#f0e442}.p5{fill:#0072b2}.p6{fill:#d55e00}
.phase{fill-opacity:.42;stroke:#8c959f;stroke-width:.75}
.fill.c0,.fill.c1,.fill.c2,.fill.c3,.fill.c4,.fill.c5,.badge.c0,.badge.c1,.badge.c2,.badge.c3,.badge.c4,.badge.c5{stroke:none}
.frame.c0,.frame.c1,.frame.c2,.frame.c3,.frame.c4,.frame.c5{fill:none}
)";

constexpr char darkStyle[] = R"(@media (prefers-color-scheme:dark){
.ground{fill:#0d1117}
text{fill:#e6edf3}
.note,.muted,.index{fill:#9da7b3}
.faint{fill:#8b949e}
.letter{fill:#0d1117}
.rule{stroke:#3d444d}
.cell{fill:#0d1117;stroke:#3d444d}
.real{fill:#303842;stroke:#6e7681}
.pad,.cut{stroke:#262c34}
.crop,.window,.chosen{stroke:#f0f6fc}
.tap{stroke:#9da7b3}
.dot{fill:#4c5560}
.stripe{stroke:#4c5560}
.fill{fill-opacity:.38}
.c0{fill:#56b4e9;stroke:#56b4e9}
.c1{fill:#f0883e;stroke:#f0883e}
.c2{fill:#2bc59a;stroke:#2bc59a}
.c3{fill:#e29ac4;stroke:#e29ac4}
.c4{fill:#e3c341;stroke:#e3c341}
.c5{fill:#9cc9ee;stroke:#9cc9ee}
.phase{fill-opacity:.36;stroke:#6e7681}
}
)";

} // namespace

std::string explain::pictureStyle() { return std::string(lightStyle) + darkStyle; }

std::string explain::picturePatterns() {
  return R"svg(<defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" class="stripe"/></pattern>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="0.9" class="dot"/></pattern>
</defs>
)svg";
}

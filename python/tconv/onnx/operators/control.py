"""Control flow."""

import numpy

from ..importer import operator
from .numbers import identity  # noqa: F401, registered


@operator("If")
def branch(importer, node):
    condition = node.constant(0)
    if condition is not None:
        taken = "then_branch" if numpy.all(condition) else "else_branch"
        return _inline(importer, node.attributes[taken])
    emitter = importer.emitter
    test = node.value(0)
    zeros = ", ".join([emitter.index(0)] * test.rank)
    flag = emitter.op(f"tensor.extract {test.name}[{zeros}] : {test.type}", "b")
    bodies = []
    for name in ("then_branch", "else_branch"):
        before = emitter.lines
        emitter.lines = []
        emitter.indent += 1
        results = [_as_value(importer, result) for result in _inline(importer, node.attributes[name])]
        bodies.append((results, emitter.lines))
        emitter.indent -= 1
        emitter.lines = before
    kinds = []
    for first, second in zip(bodies[0][0], bodies[1][0]):
        if first.shape != second.shape or first.element != second.element:
            node.unsupported("branches whose results differ in type")
        kinds.append(first)
    names = [emitter.fresh() for _ in kinds]
    types = ", ".join(value.type for value in kinds)
    emitter.line(f"{', '.join(names)} = scf.if {flag} -> ({types}) {{")
    for number, (results, lines) in enumerate(bodies):
        emitter.lines.extend(lines)
        emitter.line(f"  scf.yield {', '.join(value.name for value in results)} : {types}")
        emitter.line("} else {" if number == 0 else "}")
    return [type(value)(name, value.element, value.shape) for name, value in zip(names, kinds)]


def _as_value(importer, result):
    return importer.emitter.constant(*result) if isinstance(result, tuple) else result


def _inline(importer, graph):
    """The results of a subgraph, imported where its node stands."""
    outer = dict(importer.values), dict(importer.arrays), dict(importer.initializers)
    importer.initializers.update({tensor.name: tensor for tensor in graph.initializer})
    importer.import_nodes(graph.node)
    results = [importer.array(output.name) or importer.value(output.name) for output in graph.output]
    importer.values, importer.arrays, importer.initializers = outer
    return results

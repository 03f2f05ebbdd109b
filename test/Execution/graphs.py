# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.auto -- --algorithm=auto
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.phases --seed=1 -- --algorithm=phases --threads=2
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.zeros --seed=2 -- --algorithm=zero-insertion
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.gpu --seed=3 --count=30 -- --target=emulated

"""Random small modules of layers and what stands around them, static and dynamic, some with sizes
that contradict each other: each gives what numpy gives, or an error that says what was expected.
All numbers are whole and small, so that results are equal bit for bit. --seed and --count give
other modules and more of them; a failure prints how to repeat it."""

import random
import sys

import graph
import graph_steps
import modules
import numpy


class Contradictory(graph_steps.Steps):
    """A module that may end with a step whose sizes contradict each other at run time."""

    def contradict(self):
        """Adds a step whose sizes contradict each other at run time; false if none fits."""
        ways = [self.contradict_operand, self.contradict_cast, self.contradict_reshape,
                lambda x: self.add_slice(x, beyond=self.draw.randint(1, 3)),
                lambda x: self.add_pad(x, negative=True),
                lambda x: self.add_expand(x, wrong=True)]
        for _ in range(20):
            value = self.draw.choice(ways)(self.pick())
            if value is not None:
                self.values.append(value)
                return True
        return False

    def contradict_operand(self, x):
        """The other operand of an op has another size than the module is written for."""
        add = self.draw.choice([self.add_elementwise, self.add_insertion, self.add_concat_along])
        wrong = list(x.array.shape)
        wrong[self.draw.randrange(1, x.rank) if x.rank > 1 else 0] += self.draw.choice([-1, 1])
        if x.rank < 2 or min(wrong) < 1:
            return None
        return add(x, self.add_argument(x.array.shape, range(x.rank), wrong))

    def add_concat_along(self, x, other):
        """Along dimension 0, which is right in all cases."""
        y = self.result(numpy.concatenate([x.array, other.array], 0), self.some_dims(x.rank))
        if y:
            self.emit(f"{y.name} = tensor.concat dim(0) {x.name}, {other.name} "
                      f": ({x.type}, {other.type}) -> {y.type}")
        return y

    def contradict_cast(self, x):
        """A size that was open is claimed to be another one."""
        if not x.open:
            return None
        shape, dim = list(x.array.shape), self.draw.choice(sorted(x.open))
        shape[dim] += self.draw.choice([1, 2])
        claimed = graph.Value(self.fresh("t"), numpy.zeros(shape, numpy.float32), x.open - {dim})
        self.emit(f"{claimed.name} = tensor.cast {x.name} : {x.type} to {claimed.type}")
        return self.add_unary(claimed)

    def contradict_reshape(self, x):
        return self.add_reshape(x, wrong=self.draw.choice([1, 2]))


def cases(seed, count):
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")
        module = Contradictory(draw, f"m{seed}_{number}")
        for _ in range(draw.randint(1, 6)):
            module.add_step()
        contradiction = draw.random() < 0.4 and module.contradict()
        yield module.finish(["error: "] if contradiction else None)


if __name__ == "__main__":
    options = modules.parse_options(__doc__, seed=0, count=60)
    all_cases = list(cases(options.seed, options.count))
    sys.exit(modules.run(options.tool, options.folder, options.flags, all_cases))

"""Padding and slices of tensors, of which every operator is made that moves borders."""

from ..emitter import number, tensor_type
from ..errors import ModelError


def pad(emitter, value, low, high, fill):
    """A tensor with numbers around it; negative sizes cut off."""
    if any(size < 0 for size in [*low, *high]):
        firsts = [max(0, -size) for size in low]
        counts = []
        for dim, size in enumerate(value.shape):
            cut = firsts[dim] + max(0, -high[dim])
            if size is None and cut:
                name = emitter.dim(value, dim)
                counts.append(emitter.op(f"arith.subi {name}, {emitter.index(cut)} : index", "d"))
            else:
                counts.append(emitter.dim(value, dim) if size is None else size - cut)
        if any(isinstance(count, int) and count < 0 for count in counts):
            raise ModelError(f"expected padding that leaves something of {value.shape}")
        value = extract(emitter, value, firsts, counts, [1] * value.rank)
        low, high = [max(0, size) for size in low], [max(0, size) for size in high]
    if not any(low) and not any(high):
        return value
    shape = [
        None if size is None else size + before + after
        for size, before, after in zip(value.shape, low, high)
    ]
    scalar = emitter.op(
        f"arith.constant {number(fill, value.mlir_element)} : {value.mlir_element}", "s"
    )
    arguments = ", ".join(f"%i{emitter.fresh('p')[1:]}: index" for _ in shape)
    name = emitter.fresh()
    emitter.line(f"{name} = tensor.pad {value.name} low{list(low)} high{list(high)} {{")
    emitter.line(f"^bb0({arguments}):")
    emitter.line(f"  tensor.yield {scalar} : {value.mlir_element}")
    emitter.line(f"}} : {value.type} to {tensor_type(shape, value.mlir_element)}")
    return type(value)(name, value.element, shape)


def extract(emitter, value, firsts, counts, strides):
    """A slice. Counts are numbers or names of indices."""
    shape = [None if isinstance(count, str) else count for count in counts]
    kind = tensor_type(shape, value.mlir_element)
    texts = ["[" + ", ".join(str(entry) for entry in lst) + "]" for lst in (firsts, counts, strides)]
    text = f"tensor.extract_slice {value.name}{texts[0]} {texts[1]} {texts[2]} : {value.type} to {kind}"
    return emitter.result(text, value.element, shape)


def insert(emitter, value, into, firsts, counts):
    """A tensor in the place of a part of another."""
    texts = ["[" + ", ".join(str(entry) for entry in lst) + "]" for lst in (firsts, counts)]
    ones = [1] * value.rank
    text = (
        f"tensor.insert_slice {value.name} into {into.name}{texts[0]} {texts[1]} {ones} : "
        f"{value.type} into {into.type}"
    )
    return emitter.result(text, into.element, into.shape)

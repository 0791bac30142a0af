"""Reads safetensors files with Python alone."""
import json
import struct

TYPES = {"F32": ("f", 4), "F64": ("d", 8), "I64": ("q", 8), "U64": ("Q", 8), "I32": ("i", 4), "U8": ("B", 1)}


def read(data):
    """The metadata, and for each tensor by name: type, shape, a list of its numbers."""
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in sorted(header.items()):
        code, width = TYPES[entry["dtype"]]
        begin, end = entry["data_offsets"]
        values = struct.unpack(f"<{(end - begin) // width}{code}", data[8 + size + begin:8 + size + end])
        tensors[name] = entry["dtype"], entry["shape"], list(values)
    return metadata, tensors

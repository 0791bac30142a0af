// Tensors in files of the safetensors format (https://github.com/huggingface/safetensors), which PyTorch and NumPy
// share.
//
//   8 bytes   n, the length of the header, an unsigned little-endian integer
//   n bytes   the header, JSON that starts with '{' and may end in spaces:
//             {"__metadata__": {"format": "pt"},            optional, text by text
//              "0.weight": {"dtype": "F32", "shape": [16, 2], "data_offsets": [0, 128]}, …}
//   the rest  the tensors' numbers, row-major and little-endian, where data_offsets say [begin, end), counted from the
//             header's end; they follow one another and leave no byte out
//
// A file may come from anywhere: whatever its bytes, reading gives tensors or throws, and takes memory in proportion to
// the file's size.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/tensor.h"

namespace tinymlp {

/// What a safetensors file holds.
struct Safetensors {
  std::vector<Tensor> tensors;
  std::map<std::string, std::string> metadata;
};

/// The type of the numbers in a written file.
enum class Dtype { f32, f64 };

/// Reads the bytes of a safetensors file of F16, BF16, F32 or F64 numbers, all of which a double holds exactly. The
/// tensors come in natural order, whatever the file's: numbers in names compare as numbers, and a layer's weight comes
/// before its bias, so that 0.weight, 0.bias, 2.weight, 10.weight is sorted. Throws InputError, naming `name` and the
/// byte or tensor, if anything is not as the format asks, or if a dimension is beyond 2^31 - 1.
Safetensors parse_safetensors(std::string_view bytes, const std::string& name);

/// Reads a safetensors file, as parse_safetensors does. Throws InputError if it cannot be read.
Safetensors read_safetensors(const std::filesystem::path& path);

/// The bytes of a safetensors file with these tensors, in this order, their values rounded to `dtype`. The same
/// contents give the same bytes. Throws ShapeError if the number of values does not match a shape; InputError if two
/// tensors have the same name or one is called "__metadata__", if a text is not UTF-8, or if a finite value is too
/// large for F32.
std::string format_safetensors(const Safetensors& contents, Dtype dtype);

}  // namespace tinymlp

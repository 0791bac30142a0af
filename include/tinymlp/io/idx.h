// Files of the IDX format (http://yann.lecun.com/exdb/mnist/), in which MNIST and Fashion-MNIST come, plain or gzipped.
//
//   2 bytes        0, 0
//   1 byte         the type of the values: 8 for unsigned bytes, the one that is read here
//   1 byte         the number of dimensions
//   4 bytes each   the dimensions, big-endian: 60000, 28, 28
//   the rest       the values, row-major
//
// A file may come from anywhere: whatever its bytes, reading gives values or throws, and takes memory in proportion to
// what the file holds, not to what its header says.
#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

#include "tinymlp/dataset.h"

namespace tinymlp {

/// What an IDX file of bytes holds.
struct IdxFile {
  std::vector<Index> shape;          // (60000, 28, 28)
  std::vector<std::uint8_t> values;  // row-major, as many as the product of the shape
};

/// Reads an IDX file of unsigned bytes, gzipped if its contents (not its name) say so. Throws InputError, naming file
/// and byte, if it cannot be read, is no such file, ends too early or too late, or is damaged.
IdxFile read_idx(const std::filesystem::path& path);

/// Reads the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and
/// t10k-labels-idx1-ubyte, each with or without .gz, as classes "0", "1", … up to the largest label; images become rows
/// of bytes, features "pixel0", "pixel1", …. The data set gets the directory's name. Throws InputError, naming the
/// file, if one is missing or cannot be read as read_idx does, or if they do not fit together.
DataParts read_idx_directory(const std::filesystem::path& directory);

}  // namespace tinymlp

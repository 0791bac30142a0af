// Reads IDX files in chunks, so that memory grows with what is there.
#include "tinymlp/io/idx.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "../text.h"
#include "byte_source.h"
#include "text.h"
#include "tinymlp/error.h"

namespace tinymlp {
namespace {

namespace fs = std::filesystem;

constexpr std::uint8_t byte_type = 8;
constexpr std::uintmax_t most_values = std::uintmax_t{1} << 40;
constexpr Index largest_dimension = 2147483647;           // what a View can hold
constexpr std::size_t chunk_size = std::size_t{1} << 20;  // bytes read at once
constexpr std::uintmax_t usual_packing = 16;  // gzipped images are seldom smaller than this part of their size

[[noreturn]] void fail(const std::string& what, const fs::path& path, std::uintmax_t byte, const std::string& mend) {
  throw InputError(what + " (" + path.string() + ", byte " + std::to_string(byte) + "): " + mend);
}

/// Reads the header: the shape of the values.
std::vector<Index> read_shape(ByteSource& source, const fs::path& path) {
  std::array<std::uint8_t, 4> word{};
  std::uintmax_t position = 0;
  const auto read_word = [&] {
    const std::size_t count = source.read(word);
    if (count < word.size()) fail("the file ends in its header", path, position + count, "get the complete file");
    position += count;
  };
  read_word();
  if (word[0] != 0 || word[1] != 0)
    fail("no IDX file: it does not begin with two zero bytes", path, 0, "give an IDX file, plain or gzipped");
  if (word[2] != byte_type)
    fail("values of type " + std::to_string(word[2]), path, 2, "give an IDX file of unsigned bytes, type 8");
  const int rank = word[3];
  if (rank == 0) fail("no dimensions", path, 3, "give an IDX file of at least one dimension");
  std::vector<Index> shape;
  for (int i = 0; i < rank; ++i) {
    read_word();
    Index size = 0;
    for (const std::uint8_t byte : word) size = size * 256 + byte;
    shape.push_back(size);
  }
  return shape;
}

/// The product of the dimensions. A zero among them does not excuse the others from being in range.
std::uintmax_t value_count(const std::vector<Index>& shape, const fs::path& path) {
  std::uintmax_t count = 1, product = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const auto size = static_cast<std::uintmax_t>(shape[i]);
    count *= size;
    product *= std::max<std::uintmax_t>(size, 1);
    if (shape[i] > largest_dimension || product > most_values)
      fail("dimensions beyond what fits in memory", path, 4 + 4 * i, "give a smaller or an undamaged file");
  }
  return count;
}

/// Reads the values of `path` that the header promises, and sees that the file ends with them.
std::vector<std::uint8_t> read_values(ByteSource& source, const fs::path& path, std::uintmax_t count,
                                      std::uintmax_t header) {
  std::error_code unknown;
  const std::uintmax_t size = fs::file_size(path, unknown);
  std::vector<std::uint8_t> values;
  if (!unknown) values.reserve(static_cast<std::size_t>(std::min(count, size * usual_packing)));
  while (values.size() < count) {
    const std::size_t begin = values.size();
    values.resize(begin + std::min<std::size_t>(chunk_size, static_cast<std::size_t>(count) - begin));
    const std::size_t got = source.read(std::span(values).subspan(begin));
    if (begin + got < values.size())
      fail("the file ends after " + std::to_string(begin + got) + " values of " + std::to_string(count), path,
           header + begin + got, "get the complete file");
  }
  std::array<std::uint8_t, 1> extra{};
  if (source.read(extra) > 0)
    fail("the file goes on after its " + std::to_string(count) + " values", path, header + count,
         "get an undamaged file");
  return values;
}

/// The path of a file in the directory, which may end in .gz.
fs::path find_file(const fs::path& directory, const std::string& name) {
  for (const std::string& ending : {std::string(), std::string(".gz")}) {
    std::error_code unknown;
    if (fs::exists(directory / (name + ending), unknown)) return directory / (name + ending);
  }
  throw InputError("no file " + name + " (" + directory.string() +
                   "): give a directory of four IDX files, plain or .gz, named as MNIST's");
}

/// Images with their labels.
struct LabelledImages {
  fs::path path;  // of the images
  IdxFile images, labels;
};

LabelledImages read_part(const fs::path& directory, const std::string& prefix) {
  LabelledImages part{.path = find_file(directory, prefix + "-images-idx3-ubyte"), .images = {}, .labels = {}};
  const fs::path labels = find_file(directory, prefix + "-labels-idx1-ubyte");
  part.labels = read_idx(labels);
  if (part.labels.shape.size() != 1)
    fail("labels of shape " + shape_text(part.labels.shape), labels, 3, "expected one dimension");
  part.images = read_idx(part.path);
  const std::vector<Index>& shape = part.images.shape;
  if (shape.size() < 2) fail("images of shape " + shape_text(shape), part.path, 3, "expected two dimensions or more");
  if (shape[0] != part.labels.shape[0])
    fail(std::to_string(shape[0]) + " images, but " + std::to_string(part.labels.shape[0]) + " labels", part.path, 4,
         "give files that belong together");
  return part;
}

/// The last part of the path, "." and a trailing slash resolved.
std::string directory_name(const fs::path& directory) {
  const fs::path full = fs::absolute(directory).lexically_normal();
  return (full.has_filename() ? full : full.parent_path()).filename().string();
}

Index image_size(const LabelledImages& part) {
  Index size = 1;
  for (std::size_t i = 1; i < part.images.shape.size(); ++i) size *= part.images.shape[i];
  if (size < 1 || size > largest_dimension)
    fail("images of shape " + shape_text(part.images.shape), part.path, 8, "expected at least one pixel each");
  return size;
}

DataSet to_data_set(LabelledImages part, const DataSet& like) {
  DataSet data = like;
  data.bytes = std::move(part.images.values);
  data.targets.assign(part.labels.values.begin(), part.labels.values.end());
  return data;
}

}  // namespace

IdxFile read_idx(const fs::path& path) {
  ByteSource source(path);
  IdxFile file;
  file.shape = read_shape(source, path);
  file.values = read_values(source, path, value_count(file.shape, path), 4 + 4 * file.shape.size());
  return file;
}

DataParts read_idx_directory(const fs::path& directory) {
  LabelledImages training = read_part(directory, "train"), test = read_part(directory, "t10k");
  const Index pixels = image_size(training);
  if (!std::equal(training.images.shape.begin() + 1, training.images.shape.end(), test.images.shape.begin() + 1,
                  test.images.shape.end()))
    fail("images of shape " + shape_text(test.images.shape) + ", where those to train on are " +
             shape_text(training.images.shape),
         test.path, 4, "give files that belong together");
  if (training.images.values.empty()) fail("no images", training.path, 4, "expected at least one to train on");
  int largest = 0;
  for (const LabelledImages* part : {&training, &test})
    for (const std::uint8_t label : part->labels.values) largest = std::max<int>(largest, label);
  if (largest == 0) throw InputError("all labels are 0 (" + directory.string() + "): expected at least two classes");

  DataSet like{.name = directory_name(directory),
               .task = Task::classification,
               .feature_names = {},
               .target_name = "label",
               .class_names = {},
               .inputs = {},
               .bytes = {},
               .targets = {}};
  for (Index i = 0; i < pixels; ++i) like.feature_names.push_back("pixel" + std::to_string(i));
  for (int i = 0; i <= largest; ++i) like.class_names.push_back(std::to_string(i));
  return {to_data_set(std::move(training), like), to_data_set(std::move(test), like)};
}

}  // namespace tinymlp

// Tests of tinymlp/io/idx.h: files come back as written, and whatever is missing, damaged or added is refused.
#include "tinymlp/io/idx.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "temporary_directory.h"
#include "tinymlp/error.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

namespace fs = std::filesystem;

/// The bytes of an IDX file.
std::string idx(const std::vector<std::uint32_t>& shape, const std::string& values, int type = 8) {
  std::string bytes = {0, 0, static_cast<char>(type), static_cast<char>(shape.size())};
  for (const std::uint32_t size : shape)
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(size >> shift & 0xFF);
  return bytes + values;
}

/// The bytes packed as one member of a gzip file.
std::string gzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  std::string copy = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string random_values(std::size_t count) {
  Random random(2, Purpose::check);
  std::string values(count, '\0');
  for (char& value : values) value = static_cast<char>(random.below(256));
  return values;
}

/// Not the library's write_file, which waits for the disk each time.
void write_bytes(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

class IdxTest : public testing::Test {
 protected:
  IdxFile read(const std::string& bytes) const {
    write_bytes(directory_ / "file", bytes);
    return read_idx(directory_ / "file");
  }
  std::string error_of(const std::string& bytes) const {
    try {
      read(bytes);
    } catch (const InputError& error) {
      const std::string message = error.what();
      EXPECT_NE(message.find((directory_ / "file").string()), std::string::npos) << message;
      return message;
    }
    return "nothing was thrown";
  }
  void expect_error(const std::string& bytes, const std::string& part) const {
    const std::string message = error_of(bytes);
    EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks: " << part;
  }

  const TemporaryDirectory temporary_;
  const fs::path& directory_ = temporary_.path();
};

TEST_F(IdxTest, ReadsShapeAndValues) {
  const IdxFile file = read(idx({2, 1, 3}, {0, 1, 127, '\x80', '\xFE', '\xFF'}));
  EXPECT_EQ(file.shape, (std::vector<Index>{2, 1, 3}));
  EXPECT_EQ(file.values, (std::vector<std::uint8_t>{0, 1, 127, 128, 254, 255}));
  EXPECT_EQ(read(idx({3}, "abc")).shape, (std::vector<Index>{3}));
  EXPECT_TRUE(read(idx({0, 28, 28}, "")).values.empty());
}

TEST_F(IdxTest, ReadsFilesOfManyChunksPlainAndPacked) {
  const std::string values = random_values(3'000'001), bytes = idx({3'000'001}, values),
                    half = bytes.substr(0, 700'000);
  for (const std::string& form : {bytes, gzip(bytes), gzip(half) + gzip(bytes.substr(half.size()))}) {
    const IdxFile file = read(form);
    EXPECT_EQ(std::string(file.values.begin(), file.values.end()), values);
    EXPECT_LE(file.values.capacity(), 3'000'001U);  // all at once: no memory beyond what is needed
  }
}

TEST_F(IdxTest, ReadsWhatIsPackedFarMoreThanUsual) {
  EXPECT_EQ(read(gzip(idx({5000, 1000}, std::string(5'000'000, '\7')))).values,
            std::vector<std::uint8_t>(5'000'000, 7));
}

TEST_F(IdxTest, RefusesFilesCutAtAnyByte) {
  const std::string plain = idx({2, 3}, "abcdef"), packed = gzip(plain);
  for (std::size_t size = 0; size < plain.size(); ++size) EXPECT_THROW(read(plain.substr(0, size)), InputError) << size;
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_THROW(read(packed.substr(0, size)), InputError) << size;
  expect_error(plain.substr(0, 15), "the file ends after 3 values of 6 (");
  expect_error(plain.substr(0, 15), ", byte 15)");
  expect_error(plain.substr(0, 7), "the file ends in its header (");
  expect_error(packed.substr(0, packed.size() - 1), "the gzipped data end too early (");
}

TEST_F(IdxTest, RefusesWhatFollowsTheValues) {
  const std::string plain = idx({2, 3}, "abcdef");
  expect_error(plain + "g", "the file goes on after its 6 values (");
  expect_error(plain + "g", ", byte 18)");
  EXPECT_THROW(read(gzip(plain + "g")), InputError);
  EXPECT_THROW(read(gzip(plain) + "g"), InputError);
  EXPECT_THROW(read(gzip(plain) + gzip("g")), InputError);
  EXPECT_THROW(read(gzip(plain) + std::string(100'000, '\0')), InputError);
}

TEST_F(IdxTest, RefusesDamagedGzip) {
  const std::string packed = gzip(idx({40, 50}, random_values(2000)));
  int refused = 0;
  for (std::size_t i = 0; i < packed.size(); i += 17) {
    std::string damaged = packed;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x40);
    try {  // bytes 4 to 9 (time, flags, system) mean nothing to the contents
      EXPECT_EQ(read(damaged).values.size(), 2000U);
    } catch (const InputError&) {
      ++refused;
    }
  }
  EXPECT_GE(refused, static_cast<int>(packed.size() / 17) - 1);
  std::string damaged = packed;
  damaged[packed.size() - 5] ^= 1;  // the checksum
  expect_error(damaged, "damaged gzipped data (");
}

TEST_F(IdxTest, RefusesOtherFormats) {
  expect_error("x1,x2,y\n1,2,3\n", "it does not begin with two zero bytes (");
  expect_error(idx({2}, "ab", 13), "values of type 13 (");
  expect_error(idx({}, ""), "no dimensions (");
  EXPECT_THROW(read(""), InputError);
}

TEST_F(IdxTest, BelievesNoHeaderWithoutItsValues) {
  EXPECT_THROW(read(idx({0xFFFFFFFF, 0xFFFFFFFF}, "abc")), InputError);
  EXPECT_THROW(read(idx({0x7FFFFFFF}, "abc")), InputError);
  EXPECT_THROW(read(gzip(idx({1 << 20, 1 << 20}, "abc"))), InputError);
  EXPECT_THROW(read(idx({0, 0xFFFFFFFF}, "")), InputError);
  EXPECT_THROW(read(idx(std::vector<std::uint32_t>(255, 0x10000), "")), InputError);  // 0 modulo 2^64
}

TEST_F(IdxTest, RefusesPathsThatCannotBeRead) {
  EXPECT_THROW(read_idx(directory_ / "none"), InputError);
  EXPECT_THROW(read_idx(directory_), InputError);
}

// ---- directories ----

class IdxDirectoryTest : public IdxTest {
 protected:
  void SetUp() override {
    IdxTest::SetUp();
    folder_ = directory_ / "tiny-mnist";
    write_all();
  }
  void write_all() const {
    fs::create_directory(folder_);
    write("train-images-idx3-ubyte", idx({3, 2, 2}, "abcdefghijkl"));
    write("train-labels-idx1-ubyte.gz", gzip(idx({3}, {1, 0, 1})));
    write("t10k-images-idx3-ubyte.gz", gzip(idx({2, 2, 2}, "mnopqrst")));
    write("t10k-labels-idx1-ubyte", idx({2}, {0, 2}));
  }
  void write(const std::string& name, const std::string& bytes) const { write_bytes(folder_ / name, bytes); }
  void expect_directory_error(const std::string& part) const {
    try {
      read_idx_directory(folder_);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  }

  fs::path folder_;
};

TEST_F(IdxDirectoryTest, BecomesTwoDataSetsOfBytes) {
  for (const fs::path& path : {folder_, folder_ / "", folder_ / "."}) {
    const auto [training, test, validation] = read_idx_directory(path);
    EXPECT_EQ(training.name, "tiny-mnist");
    EXPECT_EQ(training.task, Task::classification);
    EXPECT_EQ(training.feature_names, (std::vector<std::string>{"pixel0", "pixel1", "pixel2", "pixel3"}));
    EXPECT_EQ(training.class_names, (std::vector<std::string>{"0", "1", "2"}));
    EXPECT_EQ(std::string(training.bytes.begin(), training.bytes.end()), "abcdefghijkl");
    EXPECT_TRUE(training.inputs.empty());
    EXPECT_EQ(training.targets, (std::vector<double>{1, 0, 1}));
    EXPECT_EQ(std::string(test.bytes.begin(), test.bytes.end()), "mnopqrst");
    EXPECT_EQ(test.targets, (std::vector<double>{0, 2}));
    EXPECT_EQ(test.class_names, training.class_names);
    EXPECT_EQ(test.feature_names, training.feature_names);
  }
}

TEST_F(IdxDirectoryTest, FlattensImagesOfAnyRank) {
  write("train-images-idx3-ubyte", idx({3, 4}, "abcdefghijkl"));
  write("t10k-images-idx3-ubyte.gz", gzip(idx({2, 4}, "mnopqrst")));
  EXPECT_EQ(read_idx_directory(folder_).training.features(), 4);
  write("train-images-idx3-ubyte", idx({3, 1, 2, 2}, "abcdefghijkl"));
  write("t10k-images-idx3-ubyte.gz", gzip(idx({2, 1, 2, 2}, "mnopqrst")));
  EXPECT_EQ(read_idx_directory(folder_).test.features(), 4);
}

TEST_F(IdxDirectoryTest, NeedsAllFourFiles) {
  for (const char* name :
       {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    write_all();
    fs::remove(folder_ / name);
    fs::remove(folder_ / (std::string(name) + ".gz"));
    expect_directory_error("no file " + std::string(name) + " (" + folder_.string() + ")");
    fs::remove_all(folder_);
  }
  expect_directory_error("no file train-images-idx3-ubyte");  // not even the directory
}

TEST_F(IdxDirectoryTest, RefusesFilesThatDoNotFitTogether) {
  write("train-labels-idx1-ubyte", idx({2}, {1, 0}));
  expect_directory_error("3 images, but 2 labels (" + (folder_ / "train-images-idx3-ubyte").string());
  write("train-labels-idx1-ubyte", idx({3, 1}, {1, 0, 1}));
  expect_directory_error("labels of shape (3, 1) (");
  write("train-labels-idx1-ubyte", idx({3}, {1, 0, 1}));
  write("t10k-images-idx3-ubyte", idx({2, 4, 1}, "mnopqrst"));
  expect_directory_error("images of shape (2, 4, 1), where those to train on are (3, 2, 2) (");
  write("train-images-idx3-ubyte", idx({3}, "abc"));
  expect_directory_error("images of shape (3) (");
  write("train-images-idx3-ubyte", idx({3, 0, 4}, ""));
  expect_directory_error("images of shape (3, 0, 4) (");
}

TEST_F(IdxDirectoryTest, NeedsImagesToTrainOnAndTwoClasses) {
  write("train-images-idx3-ubyte", idx({0, 2, 2}, ""));
  write("train-labels-idx1-ubyte", idx({0}, ""));
  expect_directory_error("no images (");
  write("train-images-idx3-ubyte", idx({1, 2, 2}, "abcd"));
  write("train-labels-idx1-ubyte", idx({1}, {0}));
  write("t10k-labels-idx1-ubyte", idx({2}, {0, 0}));
  expect_directory_error("all labels are 0 (");
}

TEST(FashionMnist, IsReadWhole) {
  const fs::path folder = "/usr/share/datasets/fashion-mnist";
  if (!fs::exists(folder)) GTEST_SKIP() << "the package dataset-fashion-mnist is not installed";
  const auto [training, test, validation] = read_idx_directory(folder);
  EXPECT_EQ(training.name, "fashion-mnist");
  EXPECT_EQ(training.rows(), 60000);
  EXPECT_EQ(test.rows(), 10000);
  EXPECT_EQ(training.features(), 784);
  EXPECT_EQ(training.classes(), 10);
  for (int label = 0; label < 10; ++label) {
    EXPECT_EQ(std::count(training.targets.begin(), training.targets.end(), label), 6000);
    EXPECT_EQ(std::count(test.targets.begin(), test.targets.end(), label), 1000);
  }
  // The mean pixel of the training images, as published with many loaders: 0.2860 of 255.
  double sum = 0;
  for (const std::uint8_t pixel : training.bytes) sum += pixel;
  EXPECT_TRUE(std::abs(sum / 255 / static_cast<double>(training.bytes.size()) - 0.2860) < 0.0001);
  EXPECT_EQ(training.targets[0], 9);  // an ankle boot comes first
}

}  // namespace
}  // namespace tinymlp

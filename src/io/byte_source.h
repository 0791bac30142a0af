// A file's bytes in order, unpacked on the way if it is gzipped.
#pragma once
#include <zlib.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

namespace tinymlp {

class ByteSource {
 public:
  /// Throws InputError if the file cannot be opened.
  explicit ByteSource(const std::filesystem::path& path);
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ~ByteSource();

  /// Fills `bytes` from the front and returns how many there were: fewer than asked only at the end. Throws InputError,
  /// naming file and byte, if the file cannot be read or is damaged.
  std::size_t read(std::span<std::uint8_t> bytes);

 private:
  bool refill();
  std::size_t unpack(std::span<std::uint8_t> bytes);
  [[noreturn]] void fail(const std::string& what, const std::string& mend) const;

  std::filesystem::path path_;
  std::ifstream file_;
  bool packed_ = false;       // whether the file is gzipped
  bool member_ends_ = false;  // whether a gzip member has just ended: the file may end here, or another one begins
  std::array<std::uint8_t, 65536> block_;  // of the file
  std::span<std::uint8_t> rest_;           // what is left of it
  std::uintmax_t position_ = 0;            // in the file, of the end of the block
  z_stream stream_{};
};

}  // namespace tinymlp

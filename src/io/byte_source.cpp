// Reads files block by block; zlib unpacks what is gzipped (RFC 1952), one member after the other.
#include "byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <new>
#include <system_error>

#include "tinymlp/error.h"

namespace tinymlp {
namespace {

constexpr int gzip_only = 15 + 16;  // zlib's window bits: the largest window, and no format but gzip

}  // namespace

ByteSource::ByteSource(const std::filesystem::path& path) : path_(path) {
  std::error_code unknown;
  errno = std::filesystem::is_directory(path, unknown) ? EISDIR : 0;
  if (errno == 0) file_.open(path, std::ios::binary);
  if (!file_.is_open())
    throw InputError("cannot read the file (" + path.string() + "): " + std::generic_category().message(errno));
  refill();
  packed_ = rest_.size() >= 2 && rest_[0] == 0x1F && rest_[1] == 0x8B;
  if (packed_ && inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc();
}

ByteSource::~ByteSource() {
  if (packed_) inflateEnd(&stream_);
}

std::size_t ByteSource::read(std::span<std::uint8_t> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    if (rest_.empty() && !refill() && (!packed_ || member_ends_)) break;
    const std::span<std::uint8_t> wanted = bytes.subspan(done);
    if (packed_) {
      done += unpack(wanted);
    } else {
      const std::size_t count = std::min(wanted.size(), rest_.size());
      std::copy_n(rest_.begin(), count, wanted.begin());
      rest_ = rest_.subspan(count);
      done += count;
    }
  }
  return done;
}

/// Reads the next block of the file; false at its end.
bool ByteSource::refill() {
  file_.read(reinterpret_cast<char*>(block_.data()), static_cast<std::streamsize>(block_.size()));
  if (file_.bad()) fail("cannot read the file", "check the disk");
  const auto count = static_cast<std::size_t>(file_.gcount());
  position_ += count;
  rest_ = std::span(block_).first(count);
  return count > 0;
}

/// Unpacks some of what is left of the block into `bytes`; returns how many bytes came out.
std::size_t ByteSource::unpack(std::span<std::uint8_t> bytes) {
  if (member_ends_) {
    inflateReset(&stream_);
    member_ends_ = false;
  }
  const std::size_t room = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
  stream_.next_in = rest_.data();
  stream_.avail_in = static_cast<uInt>(rest_.size());
  stream_.next_out = bytes.data();
  stream_.avail_out = static_cast<uInt>(room);
  const int status = inflate(&stream_, Z_NO_FLUSH);
  const bool ends = rest_.empty() && stream_.avail_out == room;
  rest_ = rest_.last(stream_.avail_in);
  if (status == Z_MEM_ERROR) throw std::bad_alloc();
  if (status == Z_STREAM_END)
    member_ends_ = true;
  else if (ends)
    fail("the gzipped data end too early", "get the complete file");
  else if (status != Z_OK && status != Z_BUF_ERROR)
    fail("damaged gzipped data", "get the file anew");
  return room - stream_.avail_out;
}

void ByteSource::fail(const std::string& what, const std::string& mend) const {
  throw InputError(what + " (" + path_.string() + ", byte " + std::to_string(position_ - rest_.size()) + "): " + mend);
}

}  // namespace tinymlp

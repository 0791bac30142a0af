// Whole files through the POSIX calls, which alone say why something failed and when bytes have reached the disk.
#include "tinymlp/io/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include "tinymlp/error.h"

namespace tinymlp {
namespace {

namespace fs = std::filesystem;

std::string failure(const std::string& what, const fs::path& path, int reason) {
  return what + " (" + path.string() + "): " + std::generic_category().message(reason);
}

/// An open file, closed at the end of its life.
class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags, mode_t permissions = 0)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, permissions)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (is_open()) ::close(descriptor_);
  }

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  /// Writes all of `contents`; false, with the reason in errno, if that fails.
  bool write(std::string_view contents) {
    while (!contents.empty()) {
      const ssize_t written = ::write(descriptor_, contents.data(), contents.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      contents.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  /// Closes the file; some file systems tell only now that a write failed.
  bool close() {
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    return closed == 0;
  }

 private:
  int descriptor_;
};

const std::string temporary_prefix = ".tinymlp-", temporary_suffix = ".tmp";

/// A path in `directory` for a temporary file. Its name is short and its own, so that any name fits the final file.
fs::path temporary_path(const fs::path& directory) {
  static std::atomic<unsigned> count = 0;
  return directory / (temporary_prefix + std::to_string(::getpid()) + "-" + std::to_string(count++) + temporary_suffix);
}

/// The path of the temporary file that is being written; null while there is none.
std::atomic<const char*> unfinished = nullptr;
static_assert(std::atomic<const char*>::is_always_lock_free, "a signal handler reads it");

/// While it lives, remove_unfinished_file() knows of a temporary file, which must outlive it.
class Unfinished {
 public:
  explicit Unfinished(const fs::path& temporary) { unfinished = temporary.c_str(); }
  ~Unfinished() { unfinished = nullptr; }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
};

/// Writes and flushes the new file `path`; false, with the reason in errno, if that fails.
bool write_temporary(OpenFile& file, std::string_view contents, const struct stat* replaced) {
  if (!file.write(contents)) return false;
  if (replaced && ::fchmod(file.descriptor(), replaced->st_mode & 07777) != 0) return false;
  return ::fsync(file.descriptor()) == 0 && file.close();
}

/// Writes `contents` beside `target` and renames. `replaced` describes the file at `target`, if there is one.
void replace_file(const fs::path& target, std::string_view contents, const struct stat* replaced) {
  const fs::path directory = target.has_parent_path() ? target.parent_path() : fs::path(".");
  for (;;) {
    const fs::path temporary = temporary_path(directory);
    const Unfinished known(temporary);
    OpenFile file(temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (!file.is_open() && errno == EEXIST) continue;  // left by a process that was killed, and had this one's number
    if (!file.is_open()) throw Error(failure("cannot write the file", target, errno));
    if (!write_temporary(file, contents, replaced) || ::rename(temporary.c_str(), target.c_str()) != 0) {
      const int reason = errno;
      ::unlink(temporary.c_str());
      throw Error(failure("cannot write the file", target, reason));
    }
    break;
  }
  // Makes the rename last. Its failure is none of the caller's: the file is in place, and some file systems cannot.
  const OpenFile folder(directory, O_RDONLY | O_DIRECTORY);
  if (folder.is_open()) ::fsync(folder.descriptor());
}

}  // namespace

bool is_temporary_file(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(temporary_prefix) && name.ends_with(temporary_suffix);
}

void remove_unfinished_file() noexcept {
  if (const char* const path = unfinished) ::unlink(path);
}

std::string read_file(const fs::path& path) {
  const OpenFile file(path, O_RDONLY);
  struct stat status{};
  if (!file.is_open() || ::fstat(file.descriptor(), &status) != 0) {
    throw InputError(failure("cannot read the file", path, errno));
  }
  std::string contents;
  std::size_t size = 0;
  for (;;) {
    // The size that the system tells is a hint, as a pipe has none; one byte more shows the end without another round.
    if (size == contents.size()) {
      contents.resize(std::max({2 * size, std::size_t{4096}, static_cast<std::size_t>(status.st_size) + 1}));
    }
    const ssize_t count = ::read(file.descriptor(), contents.data() + size, contents.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw InputError(failure("cannot read the file", path, errno));
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  contents.resize(size);
  return contents;
}

void write_file(const fs::path& path, std::string_view contents) {
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;  // follows links
  if (exists && S_ISDIR(status.st_mode)) throw Error(failure("cannot write the file", path, EISDIR));
  if (exists && !S_ISREG(status.st_mode)) {
    OpenFile file(path, O_WRONLY);
    if (!file.is_open() || !file.write(contents)) throw Error(failure("cannot write the file", path, errno));
    return;
  }
  std::error_code unresolved;  // a link to nowhere, or in a circle: then the link itself is replaced
  const fs::path target = exists && fs::is_symlink(path, unresolved) ? fs::canonical(path, unresolved) : path;
  replace_file(unresolved ? path : target, contents, exists ? &status : nullptr);
}

}  // namespace tinymlp

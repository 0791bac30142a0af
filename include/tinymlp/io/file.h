// Whole files, read and written in one go. A file is written whole or not at all, whatever happens in between.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace tinymlp {

/// The bytes of the file at `path`. Throws InputError with the path and the system's reason if it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// Makes `contents` the contents of the file at `path`; its directory must exist. The bytes go to a temporary file in
/// the same directory, are flushed to the disk, and take the path's place by a rename: a reader, or a machine that
/// loses its power, sees the old file or the new one, never a part. A replaced file keeps its permissions, and a
/// symbolic link stays one: the file it names is replaced. What is no regular file (a pipe, /dev/null) cannot be
/// replaced and is written to. Throws Error with the path and the system's reason; then the old file is as it was and
/// the temporary one is gone.
void write_file(const std::filesystem::path& path, std::string_view contents);

/// Whether this is the name of such a temporary file: a process that is killed while it writes leaves one behind.
bool is_temporary_file(const std::filesystem::path& path);

/// Removes the temporary file of a write_file() that is under way, if there is one (of several at once, the last to
/// begin). For the handler of a signal that ends the process at once: it does nothing that a handler must not do.
void remove_unfinished_file() noexcept;

}  // namespace tinymlp

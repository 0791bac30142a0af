// The table of kernels: which device runs which formula by which function.
#include "tinymlp/map.h"

#include <map>
#include <mutex>

#include "tinymlp/error.h"

TINYMLP_BEGIN

namespace {

struct Entry {
  std::size_t bytes;
  MapKernel kernel;
};

struct Table {
  std::mutex mutex;
  std::map<std::pair<std::string, std::string>, Entry> entries;  // by device and formula
};

Table& table() {
  static Table the_table;
  return the_table;
}

}  // namespace

void add_kernel(std::string_view device, const std::string& op, std::size_t bytes, MapKernel kernel) {
  const std::lock_guard lock(table().mutex);
  table().entries[{std::string(device), op}] = {bytes, kernel};
}

MapKernel find_kernel(std::string_view device, const MapOp& op) {
  const std::lock_guard lock(table().mutex);
  const auto found = table().entries.find({std::string(device), op.name});
  if (found == table().entries.end()) return nullptr;
  const Entry& entry = found->second;
  if (entry.bytes != op.bytes)
    throw Error("formula \"" + op.name + "\": its " + std::string(device) + " kernel was built for " +
                std::to_string(entry.bytes) + " bytes, the program has " + std::to_string(op.bytes) +
                ": rebuild both from the same header, or give your formula a name of its own");
  return entry.kernel;
}

TINYMLP_END

#include "tinymlp/device.h"

#include <string>

#include "tinymlp/error.h"

TINYMLP_BEGIN

void Device::require_host(std::string_view what) const {
  if (!uses_host_memory())
    throw Error(std::string(what) + " reads the host's memory and cannot run on the device \"" + std::string(name()) +
                "\": use the CPU, or write it with map() and a kernel for that device");
}

TINYMLP_END

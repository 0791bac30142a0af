// The only file that the build compiles anew when the commit changes.
#include "program_version.h"

namespace tinymlp::program {

std::string program_version() { return TINYMLP_VERSION; }
std::string program_commit() { return TINYMLP_COMMIT; }

}  // namespace tinymlp::program

#include "source_folder.h"

std::filesystem::path source_folder() { return TINYMLP_SOURCE_FOLDER; }

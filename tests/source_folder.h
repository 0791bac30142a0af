// Where the project's own files lie: reference values, data.
#pragma once
#include <filesystem>

/// The checkout that this test was built from.
std::filesystem::path source_folder();

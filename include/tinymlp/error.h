// The errors this library throws. Each message says what is wrong, where, what was expected and what it got.
#pragma once
#include <stdexcept>

namespace tinymlp {

/// Something went wrong while the work was done: a file could not be written, training diverged.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The request itself is wrong: an unknown name, a malformed file, a value out of range. Nothing was done.
struct InputError : Error {
  using Error::Error;
};

/// Matrices or layers whose sizes do not fit: "Dense(2, 16) is given 3 inputs".
struct ShapeError : InputError {
  using InputError::InputError;
};

}  // namespace tinymlp

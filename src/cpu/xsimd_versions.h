// xsimd, and the names that differ between its versions: 8.1 (Debian 12), 12.1 (Ubuntu 24.04), 13.2 (Debian 13) and 14.
#pragma once
#include <xsimd/xsimd.hpp>

namespace tinymlp {

/// The total of a register's numbers: reduce_add since xsimd 10, hadd before.
template <class T, class Arch>
T total_of(const xsimd::batch<T, Arch>& x) {
#if XSIMD_VERSION_MAJOR >= 10
  return xsimd::reduce_add(x);
#else
  return xsimd::hadd(x);
#endif
}

}  // namespace tinymlp

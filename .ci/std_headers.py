#!/usr/bin/env python3
"""std_headers.py FILE...: which of these files use a name of the standard library whose header neither they nor our own
headers that they include name. Such a file compiles only where the standard library's headers happen to include each
other so, which changes from version to version. Run from the top folder; exits with 1 if it finds any."""
import functools
import pathlib
import re
import sys

NAMES = {
    "algorithm": "all_of any_of none_of adjacent_find clamp copy copy_if copy_n count count_if equal fill fill_n find find_if"
                 " find_if_not for_each generate lexicographical_compare lower_bound max max_element merge min min_element"
                 " minmax minmax_element mismatch move_backward next_permutation nth_element partial_sort partition remove"
                 " remove_if replace reverse rotate search shuffle sort stable_partition stable_sort swap_ranges transform"
                 " unique upper_bound binary_search equal_range is_sorted",
    "array": "array to_array",
    "atomic": "atomic atomic_flag memory_order_relaxed memory_order_acquire memory_order_release",
    "bit": "bit_cast popcount bit_width bit_ceil countl_zero countr_zero has_single_bit endian",
    "charconv": "from_chars to_chars chars_format",
    "cmath": "abs acos asin atan atan2 cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 fabs floor fma fmax fmin fmod"
             " frexp hypot isfinite isinf isnan ldexp lgamma llround log log10 log1p log2 lround nextafter pow"
             " round signbit sin sinh sqrt tan tanh tgamma trunc",
    "csignal": "signal raise sig_atomic_t",
    "cstdint": "int8_t uint8_t int16_t uint16_t int32_t uint32_t int64_t uint64_t uintptr_t",
    "cstdio": "printf fprintf snprintf fputs fputc fwrite fread fopen fclose fflush puts FILE",
    "cstdlib": "getenv exit abort strtod strtol strtoull malloc free system",
    "cstring": "memcpy memcmp memmove memset strlen strcmp strerror",
    "exception": "exception exception_ptr current_exception rethrow_exception uncaught_exceptions",
    "filesystem": "filesystem::",
    "fstream": "ifstream ofstream fstream",
    "functional": "function invoke reference_wrapper ref cref less greater plus minus multiplies",
    "initializer_list": "initializer_list",
    "iostream": "cout cerr cin clog",
    "iterator": "back_inserter istreambuf_iterator ostream_iterator make_move_iterator",
    "limits": "numeric_limits",
    "map": "map multimap",
    "memory": "unique_ptr shared_ptr weak_ptr make_unique make_shared addressof align",
    "mutex": "mutex lock_guard unique_lock scoped_lock once_flag call_once",
    "numbers": "numbers::",
    "numeric": "accumulate inner_product iota partial_sum reduce transform_reduce midpoint lcm gcd",
    "optional": "optional nullopt make_optional",
    "set": "set multiset",
    "span": "span",
    "sstream": "ostringstream istringstream stringstream",
    "stdexcept": "runtime_error logic_error invalid_argument out_of_range domain_error length_error overflow_error",
    "string": "string to_string stoi stod stoul getline",
    "string_view": "string_view",
    "system_error": "error_code errc system_category generic_category system_error",
    "thread": "thread jthread this_thread::",
    "tuple": "tuple tie make_tuple apply forward_as_tuple",
    "type_traits": "is_same_v is_floating_point_v is_integral_v is_base_of_v enable_if_t conditional_t decay_t"
                   " remove_cvref_t is_trivially_copyable_v is_convertible_v is_empty_v invoke_result_t",
    "unordered_map": "unordered_map",
    "utility": "exchange index_sequence make_index_sequence pair make_pair swap",
    "variant": "variant visit monostate holds_alternative",
    "vector": "vector",
    "chrono": "chrono::",
    "deque": "deque",
    "ranges": "views::",
}
# Headers that the standard itself says declare a name of another header, too, or that are no use without it.
ALSO = {
    "algorithm": {"ranges"},  # only what stands in std::ranges:: and is looked up below under its own name
    "cmath": {"cstdlib"},
    "cstdint": {"charconv"},
    "string": {"sstream", "fstream", "iostream", "filesystem", "stdexcept"},
    "string_view": {"string", "filesystem"},
    "optional": set(),
    "utility": {"map", "tuple"},
    "system_error": {"filesystem", "charconv"},
    "initializer_list": {"vector", "string", "map", "set", "algorithm"},
    "iterator": {"vector", "string", "map", "set", "array", "span"},
    "exception": {"stdexcept"},
}
HEADER_OF = {name: header for header, names in NAMES.items() for name in names.split()}
ROOTS = ["include", "src", "experiments", "tests", "."]
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.S)
USE = re.compile(r"\bstd::(?:ranges::)?(\w+)(::)?")


@functools.lru_cache(None)
def included(path):
    """What `path` includes, directly or through our own headers: the standard headers' names."""
    found = set()
    for name in INCLUDE.findall(path.read_text()):
        own = next((p for p in [path.parent / name, *(pathlib.Path(r) / name for r in ROOTS)] if p.is_file()), None)
        if own is None:
            found.add(name)
        elif own.resolve() != path.resolve():
            found |= included(own.resolve())
    return frozenset(found)


def main():
    missing = False
    for argument in sys.argv[1:]:
        path = pathlib.Path(argument)
        text = COMMENT_OR_TEXT.sub(lambda m: "\n" * m[0].count("\n"), path.read_text())
        have = included(path.resolve())
        seen = set()
        for use in USE.finditer(text):
            header = HEADER_OF.get(use[1] + (use[2] or "")) or HEADER_OF.get(use[1])
            if header and header not in seen and header not in have and not ALSO.get(header, set()) & have:
                seen.add(header)
                line = text.count("\n", 0, use.start()) + 1
                print(f"{path}:{line}: std::{use[1]} needs #include <{header}>")
                missing = True
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

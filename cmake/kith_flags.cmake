# One interface target carries every warning and hardening flag; each room links it. A warning is an error wherever we
# develop and test; in the release, where optimisers see more that is not there (g++ 12: bug 105651), it is a warning,
# so that it never stands between somebody and a running Kith.
add_library(kith_flags INTERFACE)
target_include_directories(kith_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
target_compile_options(kith_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough
  $<$<NOT:$<CONFIG:Release>>:-Werror> -Wno-missing-field-initializers -fstack-protector-strong -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(kith_flags INTERFACE -Wno-sign-conversion)
else()
  target_compile_options(kith_flags INTERFACE -Wno-sign-conversion -Wno-gnu-statement-expression)
endif()
target_compile_definitions(kith_flags INTERFACE _GLIBCXX_ASSERTIONS TOML_HEADER_ONLY=0)
target_link_options(kith_flags INTERFACE -pie -Wl,-z,relro,-z,now)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(kith_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
if(KITH_SANITIZE)
  target_compile_options(kith_flags INTERFACE -fsanitize=${KITH_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(kith_flags INTERFACE -fsanitize=${KITH_SANITIZE})
endif()
if(KITH_FUZZ)
  target_compile_options(kith_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# kith_embed(OUT_VAR HEADER_NAME NAMESPACE ROOT file...)
# Turns files into one C++ source of string_views, found by their path below ROOT: `ns::file("queries/x.sql")`.
function(kith_embed out name namespace root)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
  add_custom_command(OUTPUT "${source}"
    COMMAND python3 "${CMAKE_SOURCE_DIR}/script/embed.py" "${source}" "${namespace}" "${root}" ${ARGN}
    DEPENDS ${ARGN} "${CMAKE_SOURCE_DIR}/script/embed.py" VERBATIM)
  set(${out} "${source}" PARENT_SCOPE)
endfunction()

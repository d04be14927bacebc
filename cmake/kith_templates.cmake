# kith_templates(OUT_VAR)
# Compiles every template below ui/ to C++ (script/compile_template.py) and gives the sources. Their headers are
# "ui/<function>.hpp" in ${KITH_UI_INCLUDE}, which the target that takes the sources must have as an include folder.
set(KITH_UI_INCLUDE "${CMAKE_BINARY_DIR}/ui")

function(kith_templates out)
  set(root "${CMAKE_SOURCE_DIR}/ui")
  file(GLOB templates CONFIGURE_DEPENDS "${root}/pages/*.html" "${root}/layouts/*.html" "${root}/components/*/*.html")
  set(compiler "${CMAKE_SOURCE_DIR}/script/compile_template.py")
  execute_process(COMMAND python3 -B "${compiler}" --names --out "${KITH_UI_INCLUDE}" --root "${root}" ${templates}
    OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
  set(sources)
  set(headers "${KITH_UI_INCLUDE}/ui/components.hpp")
  foreach(name ${names})
    list(APPEND sources "${KITH_UI_INCLUDE}/${name}.cpp")
    list(APPEND headers "${KITH_UI_INCLUDE}/ui/${name}.hpp")
  endforeach()
  add_custom_command(OUTPUT ${sources} ${headers}
    COMMAND python3 -B "${compiler}" --out "${KITH_UI_INCLUDE}" --root "${root}" ${templates}
    DEPENDS ${templates} "${compiler}" "${CMAKE_SOURCE_DIR}/script/made.py" COMMENT "Compiling the templates" VERBATIM)
  set(${out} ${sources} ${headers} PARENT_SCOPE)
endfunction()

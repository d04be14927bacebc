# kith_assets(OUT_VAR): the style sheet, script, typeface and pictures, built with npm's sass and esbuild, named by their
# content (script/assets.py) and embedded.
# kith_words(OUT_VAR): ui/words/en.json as the header "ui/words.hpp".
include(kith_embed)

# `npm ci` runs only when the lock file is newer than what is installed.
set(KITH_NODE_STAMP "${CMAKE_SOURCE_DIR}/node_modules/.package-lock.json")
function(kith_node_modules)
  if(NOT TARGET kith_node_modules)
    find_program(KITH_NPM npm REQUIRED)
    add_custom_command(OUTPUT "${KITH_NODE_STAMP}"
      COMMAND "${KITH_NPM}" ci --ignore-scripts --no-progress --loglevel=error
      COMMAND "${CMAKE_COMMAND}" -E touch "${KITH_NODE_STAMP}"
      DEPENDS "${CMAKE_SOURCE_DIR}/package-lock.json" WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
      COMMENT "npm ci" VERBATIM)
    add_custom_target(kith_node_modules DEPENDS "${KITH_NODE_STAMP}")
  endif()
endfunction()

function(kith_assets out)
  kith_node_modules()
  set(source "${CMAKE_SOURCE_DIR}/ui")
  set(modules "${CMAKE_SOURCE_DIR}/node_modules")
  set(work "${CMAKE_BINARY_DIR}/ui/work")
  set(done "${CMAKE_BINARY_DIR}/ui/assets")
  file(GLOB_RECURSE styles CONFIGURE_DEPENDS "${source}/*.scss")
  file(GLOB scripts CONFIGURE_DEPENDS "${source}/assets/*.js")
  add_custom_command(OUTPUT "${work}/theme.css"
    COMMAND node "${modules}/sass/sass.js" --style=compressed --no-source-map --quiet-deps
            "--load-path=${modules}" "${source}/assets/theme.scss" "${work}/theme.css"
    DEPENDS ${styles} "${KITH_NODE_STAMP}" COMMENT "Compiling the style sheet" VERBATIM)
  add_custom_command(OUTPUT "${work}/kith.js"
    COMMAND "${modules}/.bin/esbuild" "${source}/assets/kith.js" --bundle --format=esm --minify --target=es2020
            --legal-comments=none --log-level=warning "--outfile=${work}/kith.js"
    DEPENDS ${scripts} "${KITH_NODE_STAMP}" WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    COMMENT "Bundling the script" VERBATIM)
  set(font "${modules}/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next")
  set(names favicon.svg kith.js letters.woff2 letters-ext.woff2 theme.css)
  list(TRANSFORM names PREPEND "${done}/" OUTPUT_VARIABLE finished)
  add_custom_command(
    OUTPUT ${finished} "${CMAKE_BINARY_DIR}/ui/asset_rows.cpp" "${CMAKE_BINARY_DIR}/ui/ui/asset_names.hpp"
    COMMAND python3 -B "${CMAKE_SOURCE_DIR}/script/assets.py" --out "${done}"
            --table "${CMAKE_BINARY_DIR}/ui/asset_rows.cpp" --names "${CMAKE_BINARY_DIR}/ui/ui/asset_names.hpp"
            "theme.css=${work}/theme.css" "kith.js=${work}/kith.js" "favicon.svg=${source}/assets/favicon.svg"
            "letters.woff2=${font}-latin-wght-normal.woff2" "letters-ext.woff2=${font}-latin-ext-wght-normal.woff2"
    DEPENDS "${work}/theme.css" "${work}/kith.js" "${source}/assets/favicon.svg" "${KITH_NODE_STAMP}"
            "${CMAKE_SOURCE_DIR}/script/assets.py" "${CMAKE_SOURCE_DIR}/script/made.py" VERBATIM)
  kith_embed(embedded embedded_assets kith::ui::assets "${done}" ${finished})
  set(${out} "${embedded}" "${CMAKE_BINARY_DIR}/ui/asset_rows.cpp" "${CMAKE_BINARY_DIR}/ui/ui/asset_names.hpp"
    PARENT_SCOPE)
endfunction()

function(kith_words out)
  set(header "${CMAKE_BINARY_DIR}/ui/ui/words.hpp")
  set(compiler "${CMAKE_SOURCE_DIR}/script/compile_words.py")
  file(GLOB_RECURSE users CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/ui/*.html" "${CMAKE_SOURCE_DIR}/src/web/*.[ch]pp")
  add_custom_command(OUTPUT "${header}"
    COMMAND python3 -B "${compiler}" "${CMAKE_SOURCE_DIR}/ui/words/en.json" "${header}" ${users}
    DEPENDS "${CMAKE_SOURCE_DIR}/ui/words/en.json" "${compiler}" "${CMAKE_SOURCE_DIR}/script/made.py" ${users} VERBATIM)
  set(${out} "${header}" PARENT_SCOPE)
endfunction()

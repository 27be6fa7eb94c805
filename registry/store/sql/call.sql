SELECT {function}({arguments})

(WITH {known} SELECT {changed})

"""Where the weights of `bot.understanding.learned` come from: labelled messages, and the fits over them."""

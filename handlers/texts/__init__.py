"""All the Chinese the village reads, as typed functions, in the tone of plain speech."""

"""Pages only: public board, cadre console, simulator."""

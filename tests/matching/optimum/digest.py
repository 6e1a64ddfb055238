"""Prints one digest over the assignments of a market of every shape, by the paths and as chosen."""

from hashlib import sha256

from app.matching.optimum.assignment import solve_market
from app.matching.optimum.ways import Way
from tests.matching.shapes import POINTS, SIZES, as_bytes, by, market_of

if __name__ == "__main__":
    digest = sha256()
    for size in SIZES:
        for points in POINTS:
            market = market_of(5, size, points, before=True)
            for solution in (solve_market(market), by(market, Way.PATHS)):
                for column in as_bytes(solution):
                    digest.update(column)
    print(digest.hexdigest())

"""Arguments that many fields have, each with its description (共用参数)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry

AsOf = Annotated[
    date | None,
    strawberry.argument(description="The day asked about; today in China if left out. 基准日期。"),
]
KnownAt = Annotated[
    datetime | None,
    strawberry.argument(
        description="Asks for what was believed then; for the latest if left out. 认知时刻。"
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(description="The cursor after which the page begins; the start if left out. 游标。"),
]
First = Annotated[int, strawberry.argument(description="Rows on the page, from 1 to 100. 每页数量。")]
Id = Annotated[strawberry.ID, strawberry.argument(description="Its id. 编号。")]
MaybeId = Annotated[strawberry.ID | None, strawberry.argument(description="Its id. 编号。")]
Code = Annotated[
    str | None, strawberry.argument(description="The registry's own code, on that day. 登记代码。")
]
Number = Annotated[str | None, strawberry.argument(description="Its number as printed. 文号。")]
Root = Annotated[
    strawberry.ID | None, strawberry.argument(name="root", description="What all belongs to. 根组织。")
]

using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Api;

/// <summary>Pages by number and by cursor: the same rows, and none twice while others are added.</summary>
public sealed class PagingTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_cursor_goes_on_behind_the_last_row_whatever_was_added(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        for (var i = 0; i < 7; i++) await Location(tenant, $"L{i}");

        var first = (await tenant.Get("/locations?paginate_limit=3")).MustBe(200);
        await Location(tenant, "New");
        var second = (await tenant.Get($"/locations?paginate_limit=3&paginate_cursor={Cursor(first)}")).MustBe(200);
        var third = (await tenant.Get($"/locations?paginate_limit=3&paginate_cursor={Cursor(second)}")).MustBe(200);

        Assert.Equal(
            ["L0", "L1", "L2", "L3", "L4", "L5", "L6"],
            first.Items.Concat(second.Items).Concat(third.Items).Select(NameOf).Order(StringComparer.Ordinal));
        Assert.Equal((2, true, true), Shape(second));
        Assert.Equal((3, false, true), Shape(third));
        Assert.Null(third.Json["nextCursor"]);
        Assert.Equal(7, (int)third.Json["total"]!);
    }

    [Theory]
    [InlineData("name", "asc")]
    [InlineData("name", "desc")]
    [InlineData("createdAt", "asc")]
    [InlineData("updatedAt", "desc")]
    public async Task Every_order_is_paged_without_gap_or_repeat(string by, string order)
    {
        foreach (var provider in (string[])[On.Sqlite, On.Postgres])
        {
            using var tenant = await servers.Tenant(provider);
            for (var i = 0; i < 5; i++) await Location(tenant, $"L{i % 2}"); // equal names: the key breaks the tie
            var query = $"/locations?paginate_limit=2&sort_by={by}&sort_order={order}";
            var all = (await tenant.Get(query.Replace("limit=2", "limit=5", StringComparison.Ordinal))).MustBe(200);
            var (byNumber, byCursor, cursor) = (new List<string>(), new List<string>(), "");
            for (var page = 1; page <= 3; page++)
            {
                byNumber.AddRange((await tenant.Get($"{query}&paginate_page={page}")).MustBe(200).Items.Select(IdOf));
                var answer = (await tenant.Get(query + cursor)).MustBe(200);
                byCursor.AddRange(answer.Items.Select(IdOf));
                cursor = page < 3 ? "&paginate_cursor=" + Cursor(answer) : "";
            }

            Assert.Equal(all.Items.Select(IdOf), byNumber);
            Assert.Equal(byNumber, byCursor);
        }
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Values_that_are_not_there_are_paged_too(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        for (var i = 0; i < 4; i++) await tenant.Make("/api_keys", $$"""{"name":"k{{i}}"}"""); // none has expiresAt
        var (found, cursor) = (new List<string>(), "");
        do
        {
            var answer = (await tenant.Get("/api_keys?paginate_limit=2&sort_by=expiresAt" + cursor)).MustBe(200);
            found.AddRange(answer.Items.Select(IdOf));
            cursor = answer.Json["nextCursor"] is { } next ? "&paginate_cursor=" + (string)next! : "";
        }
        while (cursor.Length > 0 && found.Count < 20);

        Assert.Equal((5, 5), (found.Count, found.Distinct().Count()));
    }

    [Fact]
    public async Task A_page_that_nobody_came_to_is_counted_off()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        for (var i = 0; i < 5; i++) await Location(tenant, $"L{i}");

        var third = (await tenant.Get("/locations?paginate_limit=2&paginate_page=3&sort_by=name&sort_order=asc"))
            .MustBe(200);
        Assert.Equal("L4", NameOf(Assert.Single(third.Items)));
        Assert.Empty((await tenant.Get("/locations?paginate_limit=2&paginate_page=9")).MustBe(200).Items);
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_a_changed_one_is_400()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        using var other = await servers.Tenant(On.Sqlite);
        for (var i = 0; i < 3; i++) await Location(tenant, $"L{i}");
        var cursor = Cursor((await tenant.Get("/locations?paginate_limit=2")).MustBe(200));

        foreach (var query in (string[])
        [
            $"/locations?paginate_limit=1&paginate_cursor={cursor}",
            $"/locations?paginate_limit=2&name=L1&paginate_cursor={cursor}",
            $"/rates?paginate_limit=2&paginate_cursor={cursor}",
            $"/locations?paginate_limit=2&paginate_cursor={cursor[..^4]}AAAA",
            "/locations?paginate_limit=2&paginate_cursor=%00",
            "/locations?paginate_limit=2&paginate_cursor=",
        ])
            Assert.Equal("cursor_invalid", (await tenant.Get(query)).MustBe(400).Code);
        (await other.Get($"/locations?paginate_limit=2&paginate_cursor={cursor}")).MustBe(400);
    }

    private static Task<string> Location(ApiClient tenant, string name) =>
        tenant.Make("/locations", $$"""{"name":"{{name}}","timezone":"Europe/Berlin"}""");

    private static (int Page, bool HasNext, bool HasPrevious) Shape(ApiAnswer answer) => (
        (int)answer.Json["page"]!, (bool)answer.Json["hasNext"]!, (bool)answer.Json["hasPrevious"]!);

    private static string Cursor(ApiAnswer answer) => (string)answer.Json["nextCursor"]!;

    private static string NameOf(JsonNode? item) => (string)item!["name"]!;

    private static string IdOf(JsonNode? item) => (string)item!["_id"]!;
}

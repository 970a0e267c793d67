using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>include_&lt;relation&gt;=true, on lists and on single reads, for every relation there is.</summary>
public sealed class IncludeTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_relation_stands_where_its_id_stood_as_its_own_GET_shows_it(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await stage.Api.Make("/sessions", $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}"}""");
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        (await stage.Api.Post($"/chargestations/{stage.Words["s1"]}/clear_cache")).MustBe(200);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");

        var location = (string)(await stage.Api.Get("/locations")).MustBe(200).Items[0]!["_id"]!;
        await stage.Api.Make(
            "/load_management/groups", $$"""{"name":"Fuse","maximum_capacity":100,"location":"{{location}}"}""");

        foreach (var (list, relation, its) in (IReadOnlyList<(string, string, string)>)
        [
            ("sessions", "user", "users"), ("sessions", "chargestation", "chargestations"),
            ("sessions", "connector", "connectors"), ("sessions", "rate", "rates"),
            ("tokens", "user", "users"), ("chargestations", "location", "locations"),
            ("connectors", "chargestation", "chargestations"), ("actions", "chargestation", "chargestations"),
            ("load_management/groups", "location", "locations"),
        ])
        {
            var plain = (await stage.Api.Get("/" + list)).MustBe(200).Items.First(i => i![relation] is not null)!;
            var id = (string)plain["_id"]!;
            var whole = (await stage.Api.Get($"/{list}?include_{relation}=true")).MustBe(200).Items
                .Single(i => (string)i!["_id"]! == id)!;
            var single = (await stage.Api.Get($"/{list}/{id}?include_{relation}=true")).MustBe(200);
            var related = (await stage.Api.Get($"/{its}/{(string)plain[relation]!}")).MustBe(200);

            Assert.Equal(related.Result.ToJsonString(), whole[relation]!.ToJsonString());
            Assert.Equal(related.Result.ToJsonString(), single.Result[relation]!.ToJsonString());
            (await stage.Api.Get($"/{list}/{id}?include_colour=true")).MustBe(422);
            (await stage.Api.Get($"/{list}?include_{relation}=maybe")).MustBe(422);
        }
    }
}

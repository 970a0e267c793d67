using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Domain.Rates;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

public sealed class RateTests(SharedServers servers)
{
    private const string Day =
        """
        {"name":"Day","currency":"eur","price_components":[
          {"type":"ENERGY","price":0.39,"tax":19},{"type":"PARKING_TIME","price":6.000001,"grace_period":0.25}],
         "minimum_amount":1}
        """;

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_rate_is_read_back_and_billed_in_whole_millionths(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();

        var made = (await tenant.Post("/rates", Day)).MustBe(201);

        Assert.Equal("EUR", made.Text("currency"));
        Assert.Equal(0.39m, (decimal)made.Result["price_components"]![0]!["price"]!);
        var plan = await Plan(server, made.Text("_id"), 1);
        Assert.Equal(
            [new PriceComponent(PriceType.Energy, 390_000, 19_000_000),
                new PriceComponent(PriceType.ParkingTime, 6_000_001, 0, 900_000)],
            plan.Default.Components);
        Assert.Equal(1_000_000, plan.MinimumMicros);
        Assert.Empty(plan.Schedule);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_change_makes_a_new_version_and_keeps_the_old(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var id = await tenant.Make("/rates", Day);

        (await tenant.Patch($"/rates/{id}", """{"price_components":[{"type":"FLAT","price":2}]}""")).MustBe(200);

        Assert.Equal(390_000, (await Plan(server, id, 1)).Default.Components[0].PriceMicros);
        Assert.Equal(2_000_000, (await Plan(server, id, 2)).Default.Components[0].PriceMicros);
    }

    [Theory]
    [InlineData(
        """{"name":"x","currency":"EUR","price_components":[{"type":"FLAT","price":1},{"type":"flat","price":1}]}""",
        "price_components[1].type")]
    [InlineData("""{"name":"x","currency":"EUR","price_components":[{"type":"ENERGY","price":-1}]}""",
        "price_components[0].price")]
    [InlineData("""{"name":"x","currency":"EUR","price_components":[{"type":"ENERGY","price":0.1234567}]}""",
        "price_components[0].price")]
    [InlineData("""{"name":"x","currency":"EUR","price_components":[{"type":"ENERGY"}]}""",
        "price_components[0].price")]
    [InlineData("""{"name":"x","currency":"EUR","price_components":[{"type":"FLAT","price":1,"grace_period":1}]}""",
        "price_components[0].grace_period")]
    [InlineData("""{"name":"x","currency":"EUX","price_components":[{"type":"FLAT","price":1}]}""", "currency")]
    [InlineData("""{"name":"x","currency":"EUR","price_components":[]}""", "price_components")]
    [InlineData(
        """{"name":"x","currency":"EUR","price_components":[{"type":"FLAT","price":1}],"""
        + "\"minimum_amount\":2,\"maximum_amount\":1}",
        "maximum_amount")]
    public async Task What_a_rate_cannot_be_is_named(string body, string field)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal([field], (await tenant.Post("/rates", body)).MustBe(422).Fields);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_schedule_expands_its_rates_and_follows_their_changes(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var day = await tenant.Make("/rates", Day);
        var night = await tenant.Make("/rates",
            """{"name":"Night","currency":"EUR","price_components":[{"type":"ENERGY","price":0.2}]}""");

        var made = (await tenant.Post("/rates/schedule", Schedule(day, night))).MustBe(201);

        var id = made.Text("_id");
        Assert.Equal("Day", (string)made.Result["default_rate"]!["name"]!);
        Assert.Equal("Night", (string)made.Result["layout"]![0]!["rate"]!["name"]!);
        (await tenant.Patch($"/rates/{night}", """{"price_components":[{"type":"ENERGY","price":0.1}]}""")).MustBe(200);
        var followed = (await tenant.Get($"/rates/{id}")).MustBe(200);
        Assert.Equal(0.1m, (decimal)followed.Result["layout"]![0]!["rate"]!["price_components"]![0]!["price"]!);
        Assert.Equal(200_000, (await Plan(server, id, 1)).Schedule[0].Prices.Components[0].PriceMicros);
        var plan = await Plan(server, id, 2);
        Assert.Equal(100_000, plan.Schedule[0].Prices.Components[0].PriceMicros);
        Assert.Equal((1_320, 360), (plan.Schedule[0].StartMinute, plan.Schedule[0].EndMinute));
        (await tenant.Patch($"/rates/{id}", """{"name":"Renamed"}""")).MustBe(200);
        Assert.Equal("rate_in_use", (await tenant.Delete($"/rates/{night}")).MustBe(409).Code);
        (await tenant.Delete($"/rates/{id}")).MustBe(200);
        (await tenant.Delete($"/rates/{night}")).MustBe(200);
    }

    [Fact]
    public async Task A_schedule_is_refused_for_overlaps_and_rates_that_cannot_be_in_it()
    {
        var server = await servers.Get(On.Sqlite);
        using var tenant = await server.Tenant();
        using var other = await server.Tenant();
        var day = await tenant.Make("/rates", Day);
        var pounds = await tenant.Make("/rates", Day.Replace("eur", "GBP", StringComparison.Ordinal));
        var foreign = await other.Make("/rates", Day);
        var schedule = (await tenant.Post("/rates/schedule", Schedule(day, day))).MustBe(201).Text("_id");

        foreach (var wrong in (string[])[pounds, foreign, schedule])
            Assert.Equal(
                ["layout[0].rate"], (await tenant.Post("/rates/schedule", Schedule(day, wrong))).MustBe(422).Fields);
        var twice = $$"""{"target":{"start_time":"08:00","end_time":"10:00"},"rate":"{{day}}"}""";
        var overlap = (await tenant.Post(
            "/rates/schedule",
            $$"""{"name":"s","currency":"EUR","default_rate":"{{day}}","layout":[{{twice}},{{twice}}]}""")).MustBe(422);
        Assert.Equal(["layout[1].target.start_time"], overlap.Fields);
    }

    private static string Schedule(string standard, string night) =>
        $$"""
        {"name":"Week","currency":"EUR","default_rate":"{{standard}}","layout":[
          {"target":{"day_of_week":[1,2,3,4,5],"start_time":"22:00","end_time":"06:00"},"rate":"{{night}}"}]}
        """;

    private static async Task<RatePlan> Plan(TestServer server, string rate, long version)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var plan = await connection.QuerySingleAsync<string>(
            "select plan from rate_versions where rate = @rate and version = @version", new { rate, version });
        return JsonSerializer.Deserialize(plan, DomainJson.Default.RatePlan)!;
    }
}

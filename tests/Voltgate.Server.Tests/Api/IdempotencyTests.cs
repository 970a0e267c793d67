using Dapper;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>A04: one start a key, whatever the client repeats.</summary>
public sealed class IdempotencyTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_same_key_and_body_get_the_first_answer_and_no_second_start(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var first = await Start(stage, "key-1", Body(stage));
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        var again = await Start(stage, "key-1", Body(stage));

        Assert.Equal(first.MustBe(201).Body, again.MustBe(201).Body);
        Assert.False(first.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Single((await stage.Api.Get("/sessions")).Items);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stage.Station.Expect(TimeSpan.FromMilliseconds(300)));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Fifty_at_once_make_one_start(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Start(stage, "key-2", Body(stage))));

        Assert.All(answers, a => Assert.True(a.Status is 201 or 409, a.Body));
        Assert.All(answers.Where(a => a.Status == 409), a => Assert.Equal("idempotency_key_running", a.Code));
        Assert.Single(answers.Where(a => a.Status == 201).Select(a => a.Text("_id")).Distinct());
        Assert.Single((await stage.Api.Get("/sessions")).Items);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task While_the_first_request_runs_the_second_is_told_so_and_later_gets_its_answer(string provider)
    {
        await using var stage = await Stage.Set(provider);
        Task<ApiAnswer> first;
        await using (var locker = await stage.Open())
        {
            // Nobody can commit a session, so the first one cannot end.
            await locker.ExecuteAsync(
                provider == On.Sqlite ? "begin exclusive" : "begin; lock table sessions in exclusive mode");
            // Whichever of the two comes first waits for the lock, and the other one is told so.
            Task<ApiAnswer>[] both = [Start(stage, "key-5", Body(stage)), Start(stage, "key-5", Body(stage))];
            var second = await Task.WhenAny(both);
            first = both.Single(b => b != second);

            Assert.False(first.IsCompleted, "The first request had ended.");
            Assert.Equal("idempotency_key_running", (await second).MustBe(409).Code);
            await locker.ExecuteAsync("rollback");
        }

        Assert.Equal((await first).MustBe(201).Body, (await Start(stage, "key-5", Body(stage))).MustBe(201).Body);
        Assert.Single((await stage.Api.Get("/sessions")).Items);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Another_body_is_refused_another_organisation_is_independent_and_a_day_later_the_key_is_new(
        string provider)
    {
        await using var stage = await Stage.Set(provider);
        var first = await Start(stage, "key-3", Body(stage));
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Rejected"}""");
        await stage.Station.Call("Heartbeat", "{}");
        var other = await Start(stage, "key-3", Body(stage).Replace("}", ",\"meta_data\":{\"a\":1}}"));
        Assert.Equal("idempotency_key_reused", other.MustBe(422).Code);

        using var stranger = await stage.Server.Tenant("Stranger");
        var foreign = await stranger.Post("/sessions", Body(stage), ("Idempotency-Key", "key-3"));
        Assert.Equal("not_found", foreign.MustBe(404).Code);

        stage.Clock.Leap(TimeSpan.FromHours(25));
        var later = await Start(stage, "key-3", Body(stage));
        Assert.NotEqual(first.MustBe(201).Text("_id"), later.MustBe(201).Text("_id"));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(0)]
    public async Task A_key_that_is_none_is_refused(int length)
    {
        await using var stage = await Stage.Set(On.Sqlite);
        var answer = await Start(stage, new string('k', length), Body(stage));
        Assert.Equal("idempotency_key_invalid", answer.MustBe(400).Code);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_refused_request_may_be_tried_again_with_its_key(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await stage.Station.Cut();
        while ((string)(await stage.NextEvent())["type"]! != "chargestation.offline") continue;
        Assert.Equal("chargestation_offline", (await Start(stage, "key-4", Body(stage))).MustBe(409).Code);
        await stage.Connect();
        (await Start(stage, "key-4", Body(stage))).MustBe(201);
    }

    private static string Body(Stage stage) =>
        $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}"}""";

    private static Task<ApiAnswer> Start(Stage stage, string key, string body) =>
        stage.Api.Post("/sessions", body, ("Idempotency-Key", key));
}

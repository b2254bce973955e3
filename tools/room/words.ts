/** 256 words that are easily said, heard and typed. */
export const words = `
  acorn amber anchor apple apron arrow aspen atlas badge bagel bamboo banjo barrel basil basket beacon beaver berry birch bishop
  bison blanket blossom bonfire bottle branch bread brick bridge bronze bucket buffalo butter button cabin cactus camel camera
  candle canoe canyon carbon carpet carrot castle cedar chalk cherry chess chimney cinema circle citrus clover cobalt coconut comet
  copper coral cotton cougar cradle crayon cricket crown crystal curtain cushion daisy dancer desert diamond dolphin donkey dragon
  drum eagle easel ember engine falcon feather fern ferry fiddle finch flame flute forest fossil fountain galaxy garden garlic gecko
  ginger giraffe glacier goblet granite grape gravel guitar hammer hammock hazel helmet hockey honey hornet igloo indigo island
  ivory jacket jaguar jasmine jelly jigsaw juniper kayak kernel kettle kiwi koala ladder lagoon lantern laptop lemon lentil leopard
  lilac linen lizard lobster locket lotus magnet mango maple marble meadow melon meteor mirror mitten monkey moose mosaic muffin
  museum napkin nectar needle noodle nutmeg oasis ocean olive onion orange orchid otter oyster paddle panda panther paper parrot
  pasta peach peanut pebble pelican pencil pepper piano pigeon pillow pirate planet plum pocket pony poppy potato prairie pretzel
  puffin pumpkin puzzle quartz quilt rabbit radar radish raven ribbon river robin rocket ruby saddle saffron salmon sandal satin
  scarf shadow shell silver sloth snail socket sparrow spider spruce squid stable statue stone summit sunset swan table tangerine
  teapot temple thistle thunder tiger timber toffee tomato tractor trumpet tulip tunnel turtle umbrella vanilla velvet village
  violet violin walnut walrus willow window winter wizard wombat yogurt zebra zipper
`.trim().split(/\s+/)
